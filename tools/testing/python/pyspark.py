"""A Spark context over lists."""


class SparkConf:
    pass


class SparkContext:
    @staticmethod
    def getOrCreate(conf):
        return SparkContext()

    def textFile(self, path):
        with open(path, encoding="utf-8") as file:
            return Rows(file.read().splitlines())


class Rows:
    def __init__(self, items):
        self.items = items

    def first(self):
        return self.items[0]

    def filter(self, keep):
        return Rows([item for item in self.items if keep(item)])

    def map(self, change):
        return Rows([change(item) for item in self.items])

    def flatMap(self, change):
        return Rows([each for item in self.items for each in change(item)])

    def saveAsTextFile(self, path):
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(self.items) + "\n")
