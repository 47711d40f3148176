// Every model of the golden numbers against PyTorch: logits, loss, hidden states, attentions, all gradients, and steps of AdamW.

import {
  AutoModelForMaskedLM,
  AutoModelForPreTraining,
  AutoModelForSequenceClassification,
} from "../../lib/models/mod.ts";
import { deviceTest } from "../devices.ts";
import { modelFolder, ModelReference } from "./reference.ts";

const models = {
  bert: AutoModelForSequenceClassification,
  "bert-regression": AutoModelForSequenceClassification,
  "bert-mlm": AutoModelForMaskedLM,
  "bert-pretraining": AutoModelForPreTraining,
  distilbert: AutoModelForSequenceClassification,
  "distilbert-mlm": AutoModelForMaskedLM,
  roberta: AutoModelForSequenceClassification,
  "roberta-mlm": AutoModelForMaskedLM,
  "xlm-roberta": AutoModelForSequenceClassification,
  albert: AutoModelForSequenceClassification,
  "albert-mlm": AutoModelForMaskedLM,
  electra: AutoModelForSequenceClassification,
};

/** Those whose golden numbers hold steps of AdamW. */
const withSteps = ["bert", "distilbert", "albert"];

for (const [name, auto] of Object.entries(models)) {
  const load = async () => (await auto.fromPretrained(modelFolder(name))).eval();

  for (const device of ["float64", "cpu", "webgpu"] as const) {
    deviceTest(device, `${name} gives PyTorch's outputs and gradients`, async () => {
      const reference = new ModelReference(name);
      const model = await load();
      await reference.compareForward(model);
      await reference.compareGradients(model);
      model.dispose();
    });

    if (!withSteps.includes(name)) continue;
    deviceTest(device, `${name} has PyTorch's parameters after 1 and 3 steps of AdamW`, async () => {
      const model = await load();
      await new ModelReference(name).compareSteps(model);
      model.dispose();
    });
  }
}
