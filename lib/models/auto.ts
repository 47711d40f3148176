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

/** Models of one kind, of any supported family. */
export interface AutoClass<M extends PreTrainedModel> {
  /**
   * Weights of a hub id, a local folder or an `attend/…` name; a head that the checkpoint lacks is new, and has to be trained.
   * Weights stored in 16 bits are widened: the file is smaller, the computation is float32 all the same.
   * @throws Error where the family is not supported, a file is missing, a field of the config makes no sense, or a shape does not fit
   */
  fromPretrained(reference: string, options?: PretrainedOptions): Promise<M>;

  /** Random weights; `config` is the content of a config.json. @throws RangeError where a field of it makes no sense */
  fromConfig(config: ModelConfig): Promise<M>;
}

/** @param families the class of each, by its model_type */
function autoClass<M extends PreTrainedModel>(
  families: Readonly<Record<string, new (config: ModelConfig) => M>>,
): AutoClass<M> {
  const build = (config: ModelConfig) => {
    assertFamily(config, families);
    return withoutInit(() => new families[config.model_type](config));
  };
  return {
    async fromPretrained(reference, options = {}) {
      const folder = await openModel(reference, options);
      const model = build(await readConfig(folder, options));
      model.loadReport = await loadWeights(model, folder, options);
      return model;
    },
    // deno-lint-ignore require-await -- what goes wrong is the promise's to tell
    async fromConfig(config) {
      const model = build(config);
      model.initWeights();
      return model;
    },
  };
}

function assertFamily({ model_type: family }: ModelConfig, families: object): void {
  if (Object.hasOwn(families, family)) return;
  throw new RangeError(
    `The model family "${family}" is not supported; these are: ${Object.keys(families).join(", ")}.`,
  );
}

const BASE_MODELS = {
  bert: BertModel,
  distilbert: DistilBertModel,
  roberta: RobertaModel,
  "xlm-roberta": XLMRobertaModel,
  albert: AlbertModel,
  electra: ElectraModel,
};

/** The content of a config.json. */
export const AutoConfig = {
  /** @throws Error where there is no config.json, or its family is not supported */
  async fromPretrained(reference: string, options: PretrainedOptions = {}): Promise<ModelConfig> {
    const config = await readConfig(await openModel(reference, options), options);
    assertFamily(config, BASE_MODELS);
    return config;
  },
};

/** A model without a head: hidden states for features, embeddings and plots. */
export const AutoModel: AutoClass<EncoderModel> = autoClass<EncoderModel>(BASE_MODELS);

/** A model with a classifier of texts on top. */
export const AutoModelForSequenceClassification: AutoClass<SequenceClassificationModel> = autoClass<
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
export const AutoModelForTokenClassification: AutoClass<TokenClassificationModel> = autoClass<TokenClassificationModel>(
  {
    bert: BertForTokenClassification,
    distilbert: DistilBertForTokenClassification,
    roberta: RobertaForTokenClassification,
    "xlm-roberta": XLMRobertaForTokenClassification,
    albert: AlbertForTokenClassification,
    electra: ElectraForTokenClassification,
  },
);

/** A model that fills masks. */
export const AutoModelForMaskedLM: AutoClass<MaskedLMModel> = autoClass<MaskedLMModel>({
  bert: BertForMaskedLM,
  distilbert: DistilBertForMaskedLM,
  roberta: RobertaForMaskedLM,
  "xlm-roberta": XLMRobertaForMaskedLM,
  albert: AlbertForMaskedLM,
  electra: ElectraForMaskedLM,
});

/** A model with the heads it was pretrained with; in families with one task only, those of a masked LM. */
export const AutoModelForPreTraining: AutoClass<PreTrainingModel> = autoClass<PreTrainingModel>({
  bert: BertForPreTraining,
  distilbert: DistilBertForMaskedLM,
  roberta: RobertaForMaskedLM,
  "xlm-roberta": XLMRobertaForMaskedLM,
  albert: AlbertForPreTraining,
  electra: ElectraForPreTraining,
});
