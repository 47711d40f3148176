export type { Batch, Cell, Row } from "./cell.ts";
export {
  type Collator,
  DataCollatorForTokenClassification,
  DataCollatorWithPadding,
  defaultDataCollator,
  type TokenClassificationOptions,
} from "./collators.ts";
export { DataLoader, type DataLoaderOptions, type Position, type RowSource } from "./data_loader.ts";
export { concatenateDatasets, Dataset, DatasetDict, loadFromDisk } from "./dataset.ts";
export type { DiskOptions } from "./disk.ts";
export { ClassLabel, type Feature, type Features, List, Struct, Value } from "./features.ts";
export { IterableDataset, IterableDatasetDict } from "./iterable.ts";
export { loadDataset, type LoadOptions } from "./load.ts";
export type { MapOptions } from "./map.ts";
export {
  DataCollatorForLanguageModeling,
  DataCollatorForWholeWordMask,
  type LanguageModelingOptions,
} from "./masking.ts";
export { type NextSentenceOptions, nextSentencePairs } from "./next_sentence.ts";
export {
  type LengthGroupedOptions,
  LengthGroupedSampler,
  RandomSampler,
  type Sampler,
  SequentialSampler,
} from "./samplers.ts";
export type { DataFiles } from "./source.ts";
export type { TensorBatch } from "./stacking.ts";
export { type DataSurroundings, type MapProgress, setDataSurroundings } from "./surroundings.ts";
export type { Transform } from "./table_view.ts";
export type { TrainTestOptions } from "./train_test.ts";
