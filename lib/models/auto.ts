// Auto classes: the config's model_type chooses the family.

import { BertForSequenceClassification } from "./bert.ts";
import type { ModelConfig, PreTrainedModel } from "./model.ts";
import { loadWeights } from "./load_weights.ts";
import { openModel, type PretrainedOptions, readConfig } from "./pretrained.ts";

const sequenceClassifiers: Readonly<Record<string, new (config: ModelConfig) => BertForSequenceClassification>> = {
  bert: BertForSequenceClassification,
};

/** The content of a config.json. */
export const AutoConfig = {
  async fromPretrained(reference: string, options: PretrainedOptions = {}): Promise<ModelConfig> {
    return await readConfig(await openModel(reference, options), options);
  },
};

/** A model with a classifier on top, of any supported family. */
export const AutoModelForSequenceClassification = {
  /**
   * Weights of a hub id, a local folder or an `attend/…` name; a head that the checkpoint lacks is new, and has to be trained.
   * @throws Error where the family is not supported, a file is missing, or a shape does not fit
   */
  async fromPretrained(reference: string, options: PretrainedOptions = {}): Promise<BertForSequenceClassification> {
    const folder = await openModel(reference, options);
    const model = build(sequenceClassifiers, await readConfig(folder, options));
    model.loadReport = await loadWeights(model, folder, options);
    return model;
  },

  /** Random weights; `config` is the content of a config.json. */
  fromConfig(config: ModelConfig): Promise<BertForSequenceClassification> {
    const model = build(sequenceClassifiers, config);
    model.initWeights();
    return Promise.resolve(model);
  },
};

function build<M extends PreTrainedModel>(
  families: Readonly<Record<string, new (config: ModelConfig) => M>>,
  config: ModelConfig,
): M {
  const Model = families[config.model_type];
  if (Model) return new Model(config);
  throw new RangeError(
    `The model family "${config.model_type}" is not supported; these are: ${Object.keys(families).join(", ")}.`,
  );
}
