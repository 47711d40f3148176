export { accuracyScore, balancedAccuracyScore } from "./accuracy.ts";
export { argmax } from "./argmax.ts";
export { averagePrecisionScore } from "./average_precision.ts";
export { bagOfWords } from "./bag_of_words.ts";
export { computeClassWeight, majorityBaseline, randomBaseline, type RandomBaselineOptions } from "./baselines.ts";
export { type BootstrapInterval, bootstrapInterval, type BootstrapOptions } from "./bootstrap.ts";
export { cohenKappaScore } from "./cohen_kappa.ts";
export { confusionMatrix } from "./confusion_matrix.ts";
export { pearsonr, spearmanr } from "./correlation.ts";
export type { Label, Labels, ShapedArray } from "./labels.ts";
export { combine, loadMetric, type Metric, type MetricInput, type MetricResult } from "./load_metric.ts";
export { logLoss } from "./log_loss.ts";
export { matthewsCorrcoef } from "./matthews.ts";
export type { Scores } from "./numbers.ts";
export { perplexity } from "./perplexity.ts";
export { type MeanInterval, meanInterval } from "./mean_interval.ts";
export { mcnemar, type McNemarOptions, type McNemarResult } from "./mcnemar.ts";
export {
  type Average,
  f1Score,
  precisionRecallFscoreSupport,
  type PrecisionRecallOptions,
  precisionScore,
  recallScore,
} from "./precision_recall.ts";
export { meanAbsoluteError, meanSquaredError, r2Score } from "./regression.ts";
export { classificationReport, type ReportOptions, type ReportRow, type ReportTable } from "./report.ts";
export { type RocAucOptions, rocAucScore } from "./roc_auc.ts";
export { topKAccuracyScore } from "./top_k.ts";
