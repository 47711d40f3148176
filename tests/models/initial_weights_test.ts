// New models start as those of Transformers: which parameters are zeros, ones, normal, and which rows stay zero (fixtures/initial_weights.json).

import assert from "node:assert/strict";
import * as models from "../../lib/models/mod.ts";
import { setSeed, type Tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson } from "../golden.ts";

interface Initial {
  readonly kind: keyof typeof kinds;
  readonly config: models.ModelConfig & { readonly initializer_range: number };
  readonly parameters: Readonly<Record<string, string>>;
}

const kinds = {
  base: models.AutoModel,
  sequence: models.AutoModelForSequenceClassification,
  token: models.AutoModelForTokenClassification,
  mlm: models.AutoModelForMaskedLM,
  pretraining: models.AutoModelForPreTraining,
};

deviceTest("cpu", "fromConfig() starts every model as Transformers does", async () => {
  setSeed(3);
  const { models: expected } = goldenJson<{ models: Record<string, Initial> }>("initial_weights.json");
  assert.equal(Object.keys(expected).length, 27);
  for (const [name, { kind, config, parameters }] of Object.entries(expected)) {
    const auto: models.AutoClass<models.PreTrainedModel> = kinds[kind];
    const model = await auto.fromConfig(config);
    assert.equal(model.constructor.name, name);
    const found: Record<string, string> = {};
    for (const [key, parameter] of model.namedParameters()) {
      found[key] = await kindOf(parameter, config.initializer_range, `${name}: ${key}`);
    }
    assert.deepEqual(found, parameters, name);
    model.dispose();
  }
});

/** What a parameter starts as, in the words of the fixture; its spread must be that of the config, its mean 0. */
async function kindOf(parameter: Tensor, std: number, name: string): Promise<string> {
  const values = Array.from(await parameter.data());
  if (values.every((value) => value === 0)) return "zeros";
  if (values.every((value) => value === 1)) return "ones";
  const columns = parameter.shape.at(-1)!;
  const rows = Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns));
  const zeroRows = rows.flatMap((row, i) => row.every((value) => value === 0) ? [i] : []);
  const drawn = rows.filter((_, i) => !zeroRows.includes(i)).flat();
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const spread = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
  // five standard errors of the mean, and of the standard deviation, of that many normal numbers
  assert.ok(Math.abs(mean) < 5 * std / Math.sqrt(drawn.length), `${name}: mean ${mean}`);
  assert.ok(Math.abs(spread - std) < 5 * std / Math.sqrt(2 * drawn.length), `${name}: standard deviation ${spread}`);
  return zeroRows.length > 0 ? `normal, row ${zeroRows[0]} zeros` : "normal";
}
