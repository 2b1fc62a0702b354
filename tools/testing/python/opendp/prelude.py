"""OpenDP's names that exported scripts use, without noise. Privacy maps are those of the textbook."""
import math
from types import SimpleNamespace

used = set()


def enable_features(*names):
    assert names == ("contrib",)


class Part:
    def __init__(self, *, call, cost):
        self.call, self.map = call, cost

    def __call__(self, value):
        return self.call(value)


class Then:
    """What follows `>>`: made once the space before it is known."""

    def __init__(self, make):
        self.make = make

    def __rrshift__(self, before):
        return self.make(before)


class Counting:
    def __init__(self, categories):
        self.categories = categories

    def __rshift__(self, then):
        inner = then.make((("vector", "int"), "l1"))

        def call(values):
            cells = dict.fromkeys(self.categories, 0)
            for value in values:
                cells[value] += 1
            return inner([cells[one] for one in self.categories])

        return Part(call=call, cost=inner.map)


def atom_domain(T, nan=True):
    return ("atom", T, nan)


def vector_domain(atom):
    return ("vector", atom)


def map_domain(keys, values):
    return ("map", keys, values)


def symmetric_distance():
    return "symmetric"


def absolute_distance(T):
    return "absolute"


def l1_distance(T):
    return "l1"


def l2_distance(T):
    return "l2"


def linf_distance(T, monotonic=False):
    return "linf monotonic" if monotonic else "linf"


def l01inf_distance(inner):
    return ("l01inf", inner)


def max_divergence():
    return "max"


def zero_concentrated_divergence():
    return "zcdp"


def then_laplace(scale):
    def make(space):
        assert space[1] == "l1"
        return Part(call=whole, cost=lambda d_in: d_in / scale)

    return Then(make)


def then_gaussian(scale):
    def make(space):
        assert space[1] == "l2"
        return Part(call=whole, cost=lambda d_in: (d_in / scale) ** 2 / 2)

    return Then(make)


def whole(cells):
    assert all(isinstance(cell, int) for cell in cells)
    return list(cells)


def then_count_by_categories(categories, null_category=True):
    assert null_category is False and len(set(categories)) == len(categories)

    def make(space):
        assert space[1] == "symmetric"
        return Counting(categories)

    return Then(make)


def make_noisy_top_k(domain, metric, measure, k, scale):
    assert metric == "linf monotonic"

    def call(scores):
        return sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]

    return Part(call=call, cost=lambda d_in: k * d_in / scale if measure == "max" else k * (d_in / scale) ** 2 / 8)


def make_private_quantile(domain, metric, measure, candidates, alpha, scale):
    def call(values):
        def gap(candidate):
            below = sum(value < candidate for value in values)
            above = sum(value > candidate for value in values)
            return abs((1 - alpha) * below - alpha * above)

        return min(candidates, key=gap)

    return Part(call=call, cost=lambda d_in: 2 * d_in * max(alpha, 1 - alpha) / scale)


def make_laplace_threshold(domain, metric, scale, threshold):
    def cost(d_in):
        keys, total, most = d_in
        return total / scale, keys * math.exp(-(threshold - most) / scale) / (1 + math.exp(-1 / scale))

    return Part(call=lambda found: {key: n for key, n in found.items() if n >= threshold}, cost=cost)


def make_zCDP_to_approxDP(measurement):
    def cost(d_in):
        rho = measurement.map(d_in)
        return SimpleNamespace(epsilon=lambda delta: rho + 2 * math.sqrt(rho * math.log(1 / delta)))

    return Part(call=measurement.call, cost=cost)


def binary_search_param(make, d_in, d_out, T=None):
    low, high = 1e-9, 1e9
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if make(middle).map(d_in) <= d_out else (middle, high)
    return high


m = SimpleNamespace(
    then_laplace=then_laplace,
    then_gaussian=then_gaussian,
    make_noisy_top_k=make_noisy_top_k,
    make_private_quantile=make_private_quantile,
    make_laplace_threshold=make_laplace_threshold,
)
t = SimpleNamespace(then_count_by_categories=then_count_by_categories)
c = SimpleNamespace(make_zCDP_to_approxDP=make_zCDP_to_approxDP)
