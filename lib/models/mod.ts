import "./saving.ts";

export { AutoConfig, AutoModelForSequenceClassification } from "./auto.ts";
export { type Batch } from "./batch.ts";
export { BertForSequenceClassification } from "./bert.ts";
export {
  type ForwardOptions,
  type LoadReport,
  type MismatchedTensor,
  type ModelConfig,
  type ModelOutput,
  PreTrainedModel,
  type SequenceClassifierOutput,
} from "./model.ts";
export { type PretrainedOptions } from "./pretrained.ts";
export { readSafetensors } from "./safetensors.ts";
export { type StorageDType, type WritableTensor, writeSafetensors } from "./safetensors_writer.ts";
export { type SaveOptions } from "./saving.ts";
export { type StoredTensor, toFloat32 } from "./stored_tensor.ts";
