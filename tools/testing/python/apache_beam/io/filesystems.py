class FileSystems:
    @staticmethod
    def open(path):
        return open(path, "rb")
