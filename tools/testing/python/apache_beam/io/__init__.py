def ReadFromText(path, skip_header_lines=0):
    def read(_):
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()[skip_header_lines:]

    return Step(read)


def WriteToText(path, file_name_suffix=""):
    def write(items):
        with open(path + file_name_suffix, "w", encoding="utf-8") as file:
            file.write("\n".join(items) + "\n")
        return []

    return Step(write)
