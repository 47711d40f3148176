// XLM-RoBERTa (Conneau et al. 2020): RoBERTa as it stands, trained on a hundred languages, with a vocabulary of 250,002.
// Its parameters keep RoBERTa's names; only the classes have their own, as `architectures` in config.json tells them.

import {
  RobertaForMaskedLM,
  RobertaForSequenceClassification,
  RobertaForTokenClassification,
  RobertaModel,
} from "./roberta.ts";

export class XLMRobertaModel extends RobertaModel {}

export class XLMRobertaForSequenceClassification extends RobertaForSequenceClassification {}

export class XLMRobertaForTokenClassification extends RobertaForTokenClassification {}

export class XLMRobertaForMaskedLM extends RobertaForMaskedLM {}
