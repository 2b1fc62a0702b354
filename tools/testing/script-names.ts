/** Names of other people's libraries that exported scripts use, each with the page it was checked against. */

const OPENDP = 'https://docs.opendp.org/en/stable/api/python';
const PIPELINE = 'https://github.com/OpenMined/PipelineDP/blob/main/pipeline_dp';
const BEAM = 'https://beam.apache.org/releases/pydoc/current';
const SPARK = 'https://spark.apache.org/docs/latest/api/python/reference/api';

export const documented: Readonly<Record<string, string>> = {
  'dp.enable_features': `${OPENDP}/opendp.mod.html`,
  'dp.binary_search_param': `${OPENDP}/opendp.mod.html`,
  'dp.atom_domain': `${OPENDP}/opendp.domains.html`,
  'dp.vector_domain': `${OPENDP}/opendp.domains.html`,
  'dp.map_domain': `${OPENDP}/opendp.domains.html`,
  'dp.symmetric_distance': `${OPENDP}/opendp.metrics.html`,
  'dp.absolute_distance': `${OPENDP}/opendp.metrics.html`,
  'dp.l1_distance': `${OPENDP}/opendp.metrics.html`,
  'dp.l2_distance': `${OPENDP}/opendp.metrics.html`,
  'dp.linf_distance': `${OPENDP}/opendp.metrics.html`,
  'dp.l01inf_distance': `${OPENDP}/opendp.metrics.html`,
  'dp.max_divergence': `${OPENDP}/opendp.measures.html`,
  'dp.zero_concentrated_divergence': `${OPENDP}/opendp.measures.html`,
  'dp.t.then_count_by_categories': `${OPENDP}/opendp.transformations.html`,
  'dp.m.then_laplace': `${OPENDP}/opendp.measurements.html`,
  'dp.m.then_gaussian': `${OPENDP}/opendp.measurements.html`,
  'dp.m.make_laplace_threshold': `${OPENDP}/opendp.measurements.html`,
  'dp.m.make_noisy_top_k': `${OPENDP}/opendp.measurements.html`,
  'dp.m.make_private_quantile': `${OPENDP}/opendp.measurements.html`,
  'dp.c.make_zCDP_to_approxDP': `${OPENDP}/opendp.combinators.html`,
  'pipeline_dp.NaiveBudgetAccountant': `${PIPELINE}/budget_accounting.py`,
  'pipeline_dp.DPEngine': `${PIPELINE}/dp_engine.py`,
  'pipeline_dp.BeamBackend': `${PIPELINE}/beam_backend.py`,
  'pipeline_dp.SparkRDDBackend': `${PIPELINE}/spark_rdd_backend.py`,
  'pipeline_dp.DataExtractors': `${PIPELINE}/data_extractors.py`,
  'pipeline_dp.AggregateParams': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.Metrics.COUNT': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.Metrics.SUM': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.Metrics.MEAN': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.Metrics.VARIANCE': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.Metrics.PRIVACY_ID_COUNT': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.Metrics.PERCENTILE': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.NoiseKind.LAPLACE': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.NoiseKind.GAUSSIAN': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.PartitionSelectionStrategy.TRUNCATED_GEOMETRIC': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.PartitionSelectionStrategy.LAPLACE_THRESHOLDING': `${PIPELINE}/aggregate_params.py`,
  'pipeline_dp.PartitionSelectionStrategy.GAUSSIAN_THRESHOLDING': `${PIPELINE}/aggregate_params.py`,
  'beam.Pipeline': `${BEAM}/apache_beam.pipeline.html`,
  'beam.Map': `${BEAM}/apache_beam.transforms.core.html`,
  'beam.FlatMap': `${BEAM}/apache_beam.transforms.core.html`,
  'beam.io.ReadFromText': `${BEAM}/apache_beam.io.textio.html`,
  'beam.io.WriteToText': `${BEAM}/apache_beam.io.textio.html`,
  'FileSystems.open': `${BEAM}/apache_beam.io.filesystems.html`,
  'pyspark.SparkConf': `${SPARK}/pyspark.SparkConf.html`,
  'pyspark.SparkContext.getOrCreate': `${SPARK}/pyspark.SparkContext.getOrCreate.html`,
  'context.textFile': `${SPARK}/pyspark.SparkContext.textFile.html`,
  'keyword:max_contributions': `${PIPELINE}/aggregate_params.py`,
  'keyword:max_partitions_contributed': `${PIPELINE}/aggregate_params.py`,
  'keyword:max_contributions_per_partition': `${PIPELINE}/aggregate_params.py`,
  'keyword:contribution_bounds_already_enforced': `${PIPELINE}/aggregate_params.py`,
  'keyword:budget_weight': `${PIPELINE}/aggregate_params.py`,
  'keyword:noise_kind': `${PIPELINE}/aggregate_params.py`,
  'keyword:metrics': `${PIPELINE}/aggregate_params.py`,
  'keyword:min_value': `${PIPELINE}/aggregate_params.py`,
  'keyword:max_value': `${PIPELINE}/aggregate_params.py`,
  'keyword:partition_selection_strategy': `${PIPELINE}/aggregate_params.py`,
  'keyword:post_aggregation_thresholding': `${PIPELINE}/aggregate_params.py`,
  'keyword:privacy_id_extractor': `${PIPELINE}/data_extractors.py`,
  'keyword:partition_extractor': `${PIPELINE}/data_extractors.py`,
  'keyword:value_extractor': `${PIPELINE}/data_extractors.py`,
};

/** Every name of a library in a script, and the keywords PipelineDP's parameters are given by. */
export function apiNames(code: string): readonly string[] {
  const found = new Set<string>();
  for (const [name] of code.matchAll(/(?<![\w.-])(?:dp|pipeline_dp|beam|pyspark|FileSystems|context)(?:\.\w+)+/g))
    found.add(name);
  for (const [, body = ''] of code.matchAll(/pipeline_dp\.(?:AggregateParams|DataExtractors)\(\n([\s\S]*?)\n {4}\)/g)) {
    for (const [, keyword = ''] of body.matchAll(/^ {8}(\w+)=/gm)) found.add(`keyword:${keyword}`);
  }
  return [...found];
}
