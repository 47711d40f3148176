export { AutoConfig, AutoModelForSequenceClassification } from "./auto.ts";
export { type Batch } from "./batch.ts";
export { BertForSequenceClassification } from "./bert.ts";
export {
  type ForwardOptions,
  type LoadReport,
  type ModelConfig,
  type ModelOutput,
  PreTrainedModel,
  type SequenceClassifierOutput,
} from "./model.ts";
export { type PretrainedOptions } from "./pretrained.ts";
export { readSafetensors, type StoredTensor, toFloat32, writeSafetensors } from "./safetensors.ts";
