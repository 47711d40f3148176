import "./resizing.ts";
import "./saving.ts";

export {
  AlbertForMaskedLM,
  AlbertForPreTraining,
  type AlbertForPreTrainingOutput,
  AlbertForSequenceClassification,
  AlbertForTokenClassification,
  AlbertModel,
} from "./albert.ts";
export {
  type AutoClass,
  AutoConfig,
  AutoModel,
  AutoModelForMaskedLM,
  AutoModelForPreTraining,
  AutoModelForSequenceClassification,
  AutoModelForTokenClassification,
} from "./auto.ts";
export { type Batch, type ModelInputs, type TextColumns } from "./batch.ts";
export { BertModel } from "./bert.ts";
export {
  BertForMaskedLM,
  BertForPreTraining,
  type BertForPreTrainingOutput,
  BertForSequenceClassification,
  BertForTokenClassification,
} from "./bert_heads.ts";
export { type ModelConfig } from "./config.ts";
export {
  DistilBertForMaskedLM,
  DistilBertForSequenceClassification,
  DistilBertForTokenClassification,
  DistilBertModel,
} from "./distilbert.ts";
export {
  ElectraForMaskedLM,
  ElectraForPreTraining,
  ElectraForSequenceClassification,
  ElectraForTokenClassification,
  ElectraModel,
} from "./electra.ts";
export { EncoderModel } from "./encoder.ts";
export { MaskedLMModel, SequenceClassificationModel, TokenClassificationModel } from "./heads.ts";
export {
  type BaseModelOutput,
  type ForwardOptions,
  type LoadReport,
  type MaskedLMOutput,
  type MismatchedTensor,
  type ModelOutput,
  PreTrainedModel,
  type PreTrainingModel,
  type PreTrainingOutput,
  type SequenceClassifierOutput,
  type TokenClassifierOutput,
} from "./model.ts";
export { type PretrainedOptions } from "./pretrained.ts";
export { type ResizeOptions } from "./resizing.ts";
export {
  RobertaForMaskedLM,
  RobertaForSequenceClassification,
  RobertaForTokenClassification,
  RobertaModel,
} from "./roberta.ts";
export { readSafetensors } from "./safetensors.ts";
export { type StorageDType, type WritableTensor, writeSafetensors } from "./safetensors_writer.ts";
export { type SaveOptions } from "./saving.ts";
export { type StoredTensor, toFloat32 } from "./stored_tensor.ts";
export {
  XLMRobertaForMaskedLM,
  XLMRobertaForSequenceClassification,
  XLMRobertaForTokenClassification,
  XLMRobertaModel,
} from "./xlm_roberta.ts";
