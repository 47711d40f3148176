// BERT against PyTorch: everything that models/bert of the golden numbers holds, within the tolerances its README gives.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { AdamW, clipGradNorm, decayGroups, getScheduler } from "../../lib/optim/mod.ts";
import { scope, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson, goldenTensors, type Reference } from "../golden.ts";
import { assertClose } from "../test_op.ts";

const folder = fileURLToPath(new URL("../fixtures/models/bert", import.meta.url));
const golden = goldenTensors("models/bert/golden.safetensors");
const { mathematically_zero_gradients: zeroGradients } = goldenJson<{ mathematically_zero_gradients: string[] }>(
  "models/bert/golden.json",
);

/** Left-padded and holed masks through Transformers. */
interface MaskedRows {
  input_ids: number[][];
  attention_mask: number[][];
  labels: number[];
  loss: number;
  logits: number[][];
  last_hidden_state: number[];
  gradients: Record<string, number[]>;
}

function reference(name: string): Reference {
  const found = golden.get(name);
  assert.ok(found, `golden.safetensors has no "${name}"`);
  return found;
}

function batch(): Record<string, Tensor> {
  const names = ["input_ids", "attention_mask", "token_type_ids", "labels"];
  return Object.fromEntries(names.map((name) => [name, tensor(reference(name).data, reference(name).shape)]));
}

async function load() {
  const model = await AutoModelForSequenceClassification.fromPretrained(folder);
  return model.eval();
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

for (const device of ["float64", "cpu", "webgpu"] as const) {
  deviceTest(
    device,
    "BertForSequenceClassification gives PyTorch's logits, loss, hidden states and attentions",
    async () => {
      const model = await load();
      const out = model.forward(batch(), { outputHiddenStates: true, outputAttentions: true });
      const close = async (
        found: Tensor,
        name: string,
        abs: number,
        rel: number,
        isReal: (i: number) => boolean = () => true,
      ) => {
        const expected = reference(name);
        assert.deepEqual(found.shape, name === "loss" ? [] : expected.shape, `${name}: shape`);
        // padded places are ordinary numbers in PyTorch and zeros here
        const real = expected.data.map((value, i) => (isReal(i) ? value : 0));
        assertClose(await found.data(), real, abs + rel * largest(expected.data), name);
      };
      const [rows, length] = reference("input_ids").shape;
      const isReal = (row: number, column: number) => reference("attention_mask").data[row * length + column] === 1;
      await close(out.logits, "logits", 2e-5, 2e-5);
      await close(out.loss!, "loss", 2e-5, 2e-5);
      assert.equal(out.hiddenStates!.length, 3);
      for (const [layer, states] of out.hiddenStates!.entries()) {
        const hidden = states.shape[2];
        await close(
          states,
          `hidden_states.${layer}`,
          2e-5,
          2e-5,
          (i) => isReal(Math.floor(i / hidden / length), Math.floor(i / hidden) % length),
        );
      }
      assert.equal(out.attentions!.length, 2);
      for (const [layer, probabilities] of out.attentions!.entries()) {
        const perRow = probabilities.size / rows;
        await close(
          probabilities,
          `attentions.${layer}`,
          1e-5,
          0,
          (i) => isReal(Math.floor(i / perRow), Math.floor(i / length) % length),
        );
      }
      model.dispose();
    },
  );

  deviceTest(device, "BertForSequenceClassification gives PyTorch's gradient of every parameter", async () => {
    const model = await load();
    scope(() => model.forward(batch()).loss!.backward());
    let compared = 0;
    for (const [name, parameter] of model.namedParameters()) {
      const expected = reference(`grad.${name}`).data;
      assert.ok(parameter.grad, `${name} has no gradient`);
      assertClose(await parameter.grad.data(), expected, 1e-5 + 1e-4 * largest(expected), `gradient of ${name}`);
      compared++;
    }
    assert.equal(compared, [...golden.keys()].filter((key) => key.startsWith("grad.")).length);
    model.dispose();
  });

  deviceTest(
    device,
    "BertForSequenceClassification has PyTorch's parameters after 1 and 3 steps of AdamW",
    async () => {
      const model = await load();
      const optimizer = new AdamW(decayGroups(model.namedParameters(), 0.01), { lr: 1e-3 });
      const scheduler = getScheduler("linear", { optimizer, numWarmupSteps: 1, numTrainingSteps: 10 });
      for (let step = 1; step <= 3; step++) {
        scope(() => {
          model.forward(batch()).loss!.backward();
          clipGradNorm(model.parameters(), 1);
          optimizer.step();
          scheduler.step();
          optimizer.zeroGrad();
        });
        if (step === 2) continue;
        for (const [name, parameter] of model.namedParameters()) {
          if (zeroGradients.includes(name)) continue; // Adam turns their rounding noise into steps
          assertClose(
            await parameter.data(),
            reference(`step${step}.${name}`).data,
            2e-4,
            `${name} after step ${step}`,
          );
        }
      }
      model.dispose();
    },
  );

  deviceTest(
    device,
    "BertForSequenceClassification gives PyTorch's numbers under left padding and holed masks",
    async () => {
      const expected = goldenJson<MaskedRows>("bert_masks.json");
      const model = await load();
      const { input_ids, attention_mask, labels } = expected;
      const out = model.forward({ input_ids, attention_mask, labels }, { outputHiddenStates: true });
      assertClose(await out.logits.data(), expected.logits.flat(), 2e-5, "logits");
      assertClose([await out.loss!.item()], [expected.loss], 2e-5, "loss");
      const short = model.forward({ input_ids, attention_mask }); // nothing else asked for: the last layer on first tokens only
      assertClose(await short.logits.data(), expected.logits.flat(), 2e-5, "logits of the short last layer");
      const mask = attention_mask.flat();
      const hidden = expected.last_hidden_state.length / mask.length;
      const real = expected.last_hidden_state.map((value, i) => mask[Math.floor(i / hidden)] ? value : 0);
      assertClose(await out.hiddenStates!.at(-1)!.data(), real, 2e-5 * (1 + largest(real)), "last hidden state");
      out.loss!.backward();
      const parameters = new Map(model.namedParameters());
      for (const [name, gradient] of Object.entries(expected.gradients)) {
        const found = await parameters.get(name)!.grad!.data();
        assertClose(found, gradient, 1e-5 + 1e-4 * largest(gradient), `gradient of ${name}`);
      }
      model.dispose();
    },
  );
}
