"""PipelineDP's names that exported scripts use, without noise or selection. Caps are checked, not drawn."""
import json
import os
from collections import defaultdict
from types import SimpleNamespace

Metrics = SimpleNamespace(
    COUNT="count",
    SUM="sum",
    MEAN="mean",
    VARIANCE="variance",
    PRIVACY_ID_COUNT="privacy_id_count",
    PERCENTILE=lambda percentile: f"percentile_{percentile}",
)
NoiseKind = SimpleNamespace(LAPLACE="laplace", GAUSSIAN="gaussian")
PartitionSelectionStrategy = SimpleNamespace(
    TRUNCATED_GEOMETRIC="truncated", LAPLACE_THRESHOLDING="laplace", GAUSSIAN_THRESHOLDING="gaussian"
)
noises = []


class NaiveBudgetAccountant:
    def __init__(self, total_epsilon, total_delta):
        assert total_epsilon > 0 and 0 <= total_delta < 1
        self.total = (total_epsilon, total_delta)

    def compute_budgets(self):
        """What noise the library would add: the total by weights, then by metrics, over l1 or l2 sensitivities."""
        total = sum(params.budget_weight for params in noises)
        found = []
        for params in noises:
            epsilon = self.total[0] * params.budget_weight / total
            rows = params.max_contributions or params.max_partitions_contributed * params.max_contributions_per_partition
            found.append(dict(epsilon=epsilon, rows=rows, delta=self.total[1] * params.budget_weight / total))
        if "NOISES" in os.environ:
            with open(os.environ["NOISES"], "w", encoding="utf-8") as file:
                json.dump(found, file)


class BeamBackend:
    pass


class SparkRDDBackend:
    def __init__(self, context):
        self.context = context


class AggregateParams(SimpleNamespace):
    def __init__(self, metrics, noise_kind, max_contributions=None, max_partitions_contributed=None,
                 max_contributions_per_partition=None, budget_weight=1, min_value=None, max_value=None,
                 contribution_bounds_already_enforced=False, partition_selection_strategy=None,
                 post_aggregation_thresholding=False):
        assert (max_contributions is None) != (max_partitions_contributed is None)
        assert (max_partitions_contributed is None) == (max_contributions_per_partition is None)
        assert (min_value is None) == (max_value is None)
        super().__init__(**{key: value for key, value in locals().items() if key not in ("self", "__class__")})


class DataExtractors(SimpleNamespace):
    def __init__(self, partition_extractor, value_extractor, privacy_id_extractor=None):
        super().__init__(partition=partition_extractor, value=value_extractor, who=privacy_id_extractor)


class DPEngine:
    def __init__(self, accountant, backend):
        self.accountant, self.backend = accountant, backend

    def aggregate(self, rows, params, extractors, public_partitions=None):
        assert (extractors.who is None) == params.contribution_bounds_already_enforced
        noises.append(params)
        cells = defaultdict(list)
        units = defaultdict(set)
        for cell in public_partitions or []:
            cells[cell] = []
        for record in rows.items:
            value = extractors.value(record)
            if params.min_value is not None:
                value = min(params.max_value, max(params.min_value, value))
            cells[extractors.partition(record)].append(value)
            if extractors.who is not None:
                units[extractors.partition(record)].add(extractors.who(record))
        out = []
        for cell, values in cells.items():
            n = len(values)
            mean = sum(values) / n if n else 0
            found = SimpleNamespace(
                count=n,
                sum=sum(values),
                mean=mean,
                variance=sum((value - mean) ** 2 for value in values) / n if n else 0,
                privacy_id_count=len(units[cell]),
            )
            for name in params.metrics:
                if name.startswith("percentile_"):
                    at = round(int(name[11:]) / 100 * (n - 1)) if n else 0
                    setattr(found, name, sorted(values)[at] if n else 0)
            out.append((cell, found))
        return type(rows)(out)
