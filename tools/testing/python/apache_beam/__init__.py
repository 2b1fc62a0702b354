"""A Beam pipeline over lists. Labels must be unique, as in Beam."""
from . import io


class PCollection:
    def __init__(self, items):
        self.items = items

    def __or__(self, step):
        return step.run(self)


class Pipeline(PCollection):
    labels = set()

    def __init__(self, options):
        super().__init__([])
        assert options.saves_main

    def __enter__(self):
        return self

    def __exit__(self, *failed):
        return False


class Step:
    def __init__(self, change):
        self.change = change

    def __rrshift__(self, label):
        assert label not in Pipeline.labels, label
        Pipeline.labels.add(label)
        return self

    def run(self, before):
        return PCollection(self.change(before.items))


def Map(change):
    return Step(lambda items: [change(item) for item in items])


def FlatMap(change):
    return Step(lambda items: [each for item in items for each in change(item)])


io.Step = Step
