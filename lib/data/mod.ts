export type { Batch, Cell, Row } from "./cell.ts";
export { type Collator, DataCollatorWithPadding, defaultDataCollator, type TensorBatch } from "./collators.ts";
export { DataLoader, type DataLoaderOptions, type Position, type RowSource } from "./data_loader.ts";
export { concatenateDatasets, Dataset, DatasetDict } from "./dataset.ts";
export { ClassLabel, type Feature, type Features, List, Struct, Value } from "./features.ts";
export { loadDataset, type LoadOptions } from "./load.ts";
export type { MapOptions, MapProgress } from "./map.ts";
export { RandomSampler, type Sampler, SequentialSampler } from "./samplers.ts";
export type { TrainTestOptions } from "./train_test.ts";
