export { type FillMaskOptions, type MaskFill, type MaskFiller, type MaskFills } from "./fill_mask.ts";
export { pipeline, type PipelineLoadOptions, type PipelineParts } from "./pipeline.ts";
export {
  type ClassifierInput,
  type LabelScore,
  type TextClassificationOptions,
  type TextClassifier,
  type TextPair,
} from "./text_classification.ts";
