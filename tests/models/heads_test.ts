// Every head and base model that the golden numbers lack, at a small size: outputs, every gradient, and steps of AdamW on tied weights,
// against Transformers (fixtures/heads.json says how they were made). Their configs hold only what differs from Transformers' defaults.

import assert from "node:assert/strict";
import {
  type AutoClass,
  AutoModel,
  AutoModelForMaskedLM,
  AutoModelForPreTraining,
  AutoModelForSequenceClassification,
  AutoModelForTokenClassification,
  type ModelConfig,
  type PreTrainedModel,
  TokenClassificationModel,
} from "../../lib/models/mod.ts";
import { AdamW } from "../../lib/optim/mod.ts";
import { scope, setSeed, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import type { TrainableModel } from "../../lib/trainer/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson, goldenTensors, type Reference } from "../golden.ts";
import { assertClose } from "../test_op.ts";
import { largest, lossOf, realValues, tensorsOf } from "./reference.ts";

interface Case {
  readonly name: string;
  readonly class: string;
  readonly kind: keyof typeof kinds;
  readonly config: ModelConfig;
}

const kinds = {
  base: AutoModel,
  sequence: AutoModelForSequenceClassification,
  token: AutoModelForTokenClassification,
  mlm: AutoModelForMaskedLM,
  pretraining: AutoModelForPreTraining,
};

const { cases } = goldenJson<{ cases: Case[] }>("heads.json");
const stored = goldenTensors("heads.safetensors");

for (const test of cases) {
  for (const device of ["cpu", "webgpu"] as const) {
    deviceTest(device, `${test.class} gives Transformers' numbers (${test.name})`, async () => {
      const model = await modelOf(test);
      await compareOutputs(model, test);
      if (partsOf(test, "grad").size > 0) {
        scope(() => lossOf(model.forward(batchOf(test))).backward());
        await compareGradients(model, test);
      }
      if (partsOf(test, "step3").size > 0) await compareSteps(model, test);
      model.dispose();
    });
  }
}

for (const device of ["cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "loss() of masked LMs and of models of two tasks is that of Transformers, with its gradients",
    async () => {
      const withLoss = cases.filter(({ class: name }) => /ForMaskedLM|^(Bert|Albert)ForPreTraining/.test(name));
      assert.deepEqual(new Set(withLoss.map(({ kind }) => kind)), new Set(["mlm", "pretraining"]));
      for (const test of withLoss) {
        const model: TrainableModel = await modelOf(test);
        const loss = model.loss?.(batchOf(test)) ?? tensor(NaN);
        assertClose(await loss.data(), partsOf(test, "out").get("loss")!.data, 1e-4, `${test.name}: loss`);
        loss.backward();
        await compareGradients(model, test);
        const { labels: _, ...unlabelled } = batchOf(test);
        assert.throws(() => model.loss?.(unlabelled), /the batch has no labels/);
        model.dispose();
      }
    },
  );

  deviceTest(device, "loss() has forward()'s gradients where texts have no label at all", async () => {
    const labels = [[-100, 9, -100, 4], [-100, -100, -100, -100], [-100, -100, 7, -100], [-100, -100, -100, -100]];
    const batch = {
      input_ids: [[5, 6, 7, 8], [5, 9, 6, 0], [5, 3, 4, 6], [5, 0, 0, 0]],
      attention_mask: [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 1, 1], [1, 0, 0, 0]],
      next_sentence_label: [1, 0, 0, 1],
    };
    const config = {
      model_type: "bert",
      vocab_size: 20,
      hidden_size: 8,
      num_attention_heads: 2,
      intermediate_size: 12,
    };
    for (const auto of [AutoModelForMaskedLM, AutoModelForPreTraining]) {
      for (const given of [labels, labels.map((row) => row.map(() => -100))]) {
        setSeed(3);
        const model: TrainableModel = (await auto.fromConfig({ ...config, num_hidden_layers: 2 })).eval();
        const gradientsOf = async (loss?: Tensor) => {
          for (const parameter of model.parameters()) parameter.grad = null;
          loss?.backward();
          return await Promise.all(
            model.parameters().map(async ({ grad, size }) =>
              grad ? Array.from(await grad.data()) : Array<number>(size).fill(0)
            ),
          );
        };
        const expected = await gradientsOf(model.forward({ ...batch, labels: given }).loss);
        const found = await gradientsOf(model.loss?.({ ...batch, labels: given }));
        const names = Array.from(model.namedParameters(), ([name]) => name);
        found.forEach((values, i) => assertClose(values, expected[i], 1e-6 + 1e-5 * largest(expected[i]), names[i]));
        model.dispose();
      }
    }
  });
}

/** The tensors of a case of one kind, by their names. */
function partsOf({ name }: Case, kind: "param" | "in" | "out" | "grad" | "step3"): Map<string, Reference> {
  const prefix = `${name}/${kind}.`;
  return new Map(
    [...stored].filter(([key]) => key.startsWith(prefix)).map(([key, x]) => [key.slice(prefix.length), x]),
  );
}

async function modelOf(test: Case): Promise<PreTrainedModel> {
  const auto: AutoClass<PreTrainedModel> = kinds[test.kind];
  const model = (await auto.fromConfig(test.config)).eval();
  assert.equal(model.constructor.name, test.class);
  const weights = partsOf(test, "param");
  assert.deepEqual(Array.from(model.namedParameters(), ([name]) => name), [...weights.keys()].sort(inOrderOf(model)));
  for (const [name, parameter] of model.namedParameters()) {
    const { shape, data } = weights.get(name)!;
    assert.deepEqual(parameter.shape, shape, name);
    parameter.write(Float32Array.from(data));
  }
  return model;
}

/** Sorts names as the model lists them; one it does not know comes last, so that the lists differ. */
function inOrderOf(model: PreTrainedModel): (a: string, b: string) => number {
  const places = new Map(Array.from(model.namedParameters(), ([name], i) => [name, i]));
  return (a, b) => (places.get(a) ?? Infinity) - (places.get(b) ?? Infinity);
}

function batchOf(test: Case) {
  return Object.fromEntries(Array.from(partsOf(test, "in"), ([name, { data, shape }]) => [name, tensor(data, shape)]));
}

async function compareOutputs(model: PreTrainedModel, test: Case): Promise<void> {
  const expected = partsOf(test, "out");
  const withStates = expected.has("hidden_states.0");
  const out = tensorsOf(model.forward(batchOf(test), { outputHiddenStates: withStates, outputAttentions: withStates }));
  assert.deepEqual(Object.keys(out).sort(), [...expected.keys()].sort());
  const mask = partsOf(test, "in").get("attention_mask")!;
  for (const [name, { data, shape }] of expected) {
    assert.deepEqual(out[name].shape, name === "loss" ? [] : shape, name);
    const real = realValues({ data, shape }, name, mask);
    assertClose(await out[name].data(), real, 2e-5 + 2e-5 * largest(real), name);
  }
}

async function compareGradients(model: PreTrainedModel, test: Case): Promise<void> {
  for (const [name, { data }] of partsOf(test, "grad")) {
    const { grad } = new Map(model.namedParameters()).get(name)!;
    const found = grad ? await grad.data() : new Float32Array(data.length); // an unused pooler has none
    assertClose(found, data, 1e-5 + 1e-4 * largest(data), `gradient of ${name}`);
  }
}

async function compareSteps(model: PreTrainedModel, test: Case): Promise<void> {
  const optimizer = new AdamW(model.parameters(), { lr: 1e-2, weightDecay: 0.01 });
  optimizer.zeroGrad();
  for (let step = 0; step < 3; step++) {
    scope(() => {
      lossOf(model.forward(batchOf(test))).backward();
      optimizer.step();
      optimizer.zeroGrad();
    });
  }
  const parameters = new Map(model.namedParameters());
  for (const [name, { data }] of partsOf(test, "step3")) {
    if (name.endsWith("key.bias")) continue; // its gradient is rounding noise, which Adam turns into steps
    assertClose(await parameters.get(name)!.data(), data, 2e-4, `${name} after 3 steps`);
  }
}

deviceTest("cpu", "the model below a head gives its states alone where the head wants no pooler", async () => {
  const models = await Promise.all(
    cases.filter(({ kind }) => kind === "token").map(async (test) => ({
      test,
      model: await modelOf(test),
    })),
  );
  assert.ok(models.length > 0);
  for (const { test, model } of models) {
    assert.ok(model instanceof TokenClassificationModel);
    const { input_ids, attention_mask } = batchOf(test);
    const { lastHiddenState, poolerOutput } = model.baseModel.forward({ input_ids, attention_mask });
    assert.equal(lastHiddenState.shape.length, 3, test.name);
    assert.equal(poolerOutput, undefined, test.name);
    model.dispose();
  }
});
