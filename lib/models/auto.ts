// Auto classes: the config's model_type chooses the family.

import { withoutInit } from "../nn/mod.ts";
import {
  AlbertForMaskedLM,
  AlbertForPreTraining,
  AlbertForSequenceClassification,
  AlbertForTokenClassification,
  AlbertModel,
} from "./albert.ts";
import { BertModel } from "./bert.ts";
import {
  BertForMaskedLM,
  BertForPreTraining,
  BertForSequenceClassification,
  BertForTokenClassification,
} from "./bert_heads.ts";
import type { ModelConfig } from "./config.ts";
import {
  DistilBertForMaskedLM,
  DistilBertForSequenceClassification,
  DistilBertForTokenClassification,
  DistilBertModel,
} from "./distilbert.ts";
import {
  ElectraForMaskedLM,
  ElectraForPreTraining,
  ElectraForSequenceClassification,
  ElectraForTokenClassification,
  ElectraModel,
} from "./electra.ts";
import type { EncoderModel } from "./encoder.ts";
import { loadWeights } from "./load_weights.ts";
import type { MaskedLMModel, SequenceClassificationModel, TokenClassificationModel } from "./heads.ts";
import type { PreTrainedModel, PreTrainingModel } from "./model.ts";
import { openModel, type PretrainedOptions, readConfig } from "./pretrained.ts";
import {
  RobertaForMaskedLM,
  RobertaForSequenceClassification,
  RobertaForTokenClassification,
  RobertaModel,
} from "./roberta.ts";
import {
  XLMRobertaForMaskedLM,
  XLMRobertaForSequenceClassification,
  XLMRobertaForTokenClassification,
  XLMRobertaModel,
} from "./xlm_roberta.ts";

/** The content of a config.json. */
export const AutoConfig = {
  async fromPretrained(reference: string, options: PretrainedOptions = {}): Promise<ModelConfig> {
    return await readConfig(await openModel(reference, options), options);
  },
};

/** A kind of model, for every family by its model_type. */
type Families<M extends PreTrainedModel> = Readonly<Record<string, new (config: ModelConfig) => M>>;

/** Models of one kind, of any supported family. */
class AutoClass<M extends PreTrainedModel> {
  readonly #families: Families<M>;

  constructor(families: Families<M>) {
    this.#families = families;
  }

  /**
   * Weights of a hub id, a local folder or an `attend/…` name; a head that the checkpoint lacks is new, and has to be trained.
   * @throws Error where the family is not supported, a file is missing, a field of the config makes no sense, or a shape does not fit
   */
  async fromPretrained(reference: string, options: PretrainedOptions = {}): Promise<M> {
    const folder = await openModel(reference, options);
    const model = this.#build(await readConfig(folder, options));
    model.loadReport = await loadWeights(model, folder, options);
    return model;
  }

  /** Random weights; `config` is the content of a config.json. @throws Error where a field of it makes no sense */
  fromConfig(config: ModelConfig): Promise<M> {
    const model = this.#build(config);
    model.initWeights();
    return Promise.resolve(model);
  }

  #build(config: ModelConfig): M {
    const { model_type: family } = config;
    if (Object.hasOwn(this.#families, family)) return withoutInit(() => new this.#families[family](config));
    throw new RangeError(
      `The model family "${family}" is not supported; these are: ${Object.keys(this.#families).join(", ")}.`,
    );
  }
}

/** A model without a head: hidden states for features, embeddings and plots. */
export const AutoModel: AutoClass<EncoderModel> = new AutoClass<EncoderModel>({
  bert: BertModel,
  distilbert: DistilBertModel,
  roberta: RobertaModel,
  "xlm-roberta": XLMRobertaModel,
  albert: AlbertModel,
  electra: ElectraModel,
});

/** A model with a classifier of texts on top. */
export const AutoModelForSequenceClassification: AutoClass<SequenceClassificationModel> = new AutoClass<
  SequenceClassificationModel
>({
  bert: BertForSequenceClassification,
  distilbert: DistilBertForSequenceClassification,
  roberta: RobertaForSequenceClassification,
  "xlm-roberta": XLMRobertaForSequenceClassification,
  albert: AlbertForSequenceClassification,
  electra: ElectraForSequenceClassification,
});

/** A model with a classifier of tokens on top. */
export const AutoModelForTokenClassification: AutoClass<TokenClassificationModel> = new AutoClass<
  TokenClassificationModel
>({
  bert: BertForTokenClassification,
  distilbert: DistilBertForTokenClassification,
  roberta: RobertaForTokenClassification,
  "xlm-roberta": XLMRobertaForTokenClassification,
  albert: AlbertForTokenClassification,
  electra: ElectraForTokenClassification,
});

/** A model that fills masks. */
export const AutoModelForMaskedLM: AutoClass<MaskedLMModel> = new AutoClass<MaskedLMModel>({
  bert: BertForMaskedLM,
  distilbert: DistilBertForMaskedLM,
  roberta: RobertaForMaskedLM,
  "xlm-roberta": XLMRobertaForMaskedLM,
  albert: AlbertForMaskedLM,
  electra: ElectraForMaskedLM,
});

/** A model with the heads it was pretrained with; in families with one task only, those of a masked LM. */
export const AutoModelForPreTraining: AutoClass<PreTrainingModel> = new AutoClass<PreTrainingModel>({
  bert: BertForPreTraining,
  distilbert: DistilBertForMaskedLM,
  roberta: RobertaForMaskedLM,
  "xlm-roberta": XLMRobertaForMaskedLM,
  albert: AlbertForPreTraining,
  electra: ElectraForPreTraining,
});
