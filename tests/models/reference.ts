// A model of the golden numbers (fixtures/models/<name>: Transformers 4.57.6, torch 2.6.0, float32), and what it is compared by.
// Tolerances are those of the golden README, as the largest difference over a tensor.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { ModelOutput, PreTrainedModel } from "../../lib/models/mod.ts";
import { AdamW, clipGradNorm, decayGroups, getScheduler } from "../../lib/optim/mod.ts";
import { scope, Tensor, tensor } from "../../lib/tensor/mod.ts";
import { goldenJson, goldenTensors, type Reference } from "../golden.ts";
import { assertClose } from "../test_op.ts";

const COLUMNS = ["input_ids", "attention_mask", "token_type_ids", "labels", "next_sentence_label"];

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The folder that `fromPretrained` takes. */
export const modelFolder = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/models/${name}`, import.meta.url));

/** The numbers of one golden model. */
export class ModelReference {
  readonly #tensors: ReadonlyMap<string, Reference>;

  constructor(readonly name: string) {
    this.#tensors = goldenTensors(`models/${name}/golden.safetensors`);
  }

  batch(): Record<string, Tensor> {
    const names = COLUMNS.filter((name) => this.#tensors.has(name));
    return Object.fromEntries(names.map((name) => [name, tensor(this.#get(name).data, this.#get(name).shape)]));
  }

  /** Logits, loss, hidden states and attentions; padded places are ordinary numbers in PyTorch and zeros here. */
  async compareForward(model: PreTrainedModel): Promise<void> {
    const out = model.forward(this.batch(), { outputHiddenStates: true, outputAttentions: true });
    for (const [name, found] of Object.entries(tensorsOf(out))) {
      const isAttention = name.startsWith("attentions");
      const stored = this.#get(name);
      const expected = realValues(stored, name, this.#get("attention_mask"));
      const shape = name === "loss" ? [] : stored.shape;
      assert.deepEqual(found.shape, shape, `${this.name}: the shape of ${name}`);
      const tolerance = isAttention ? 1e-5 : 2e-5 + 2e-5 * largest(expected);
      assertClose(await found.data(), expected, tolerance, `${this.name}: ${name}`);
    }
    const compared = Object.keys(tensorsOf(out)).sort();
    const stored = [...this.#tensors.keys()].filter((name) =>
      /^(loss|.*logits|hidden_states.*|attentions.*)$/.test(name)
    );
    assert.deepEqual(compared, stored.sort(), `${this.name}: what forward() gives`);
  }

  /** The gradient of the loss for every parameter. */
  async compareGradients(model: PreTrainedModel): Promise<void> {
    scope(() => lossOf(model.forward(this.batch())).backward());
    const names: string[] = [];
    for (const [name, parameter] of model.namedParameters()) {
      const expected = this.#get(`grad.${name}`).data;
      assert.ok(parameter.grad, `${this.name}: ${name} has no gradient`);
      const tolerance = 1e-5 + 1e-4 * largest(expected);
      assertClose(await parameter.grad.data(), expected, tolerance, `${this.name}: gradient of ${name}`);
      names.push(`grad.${name}`);
    }
    const stored = [...this.#tensors.keys()].filter((key) => key.startsWith("grad."));
    assert.deepEqual(names.sort(), stored.sort(), `${this.name}: parameters with a gradient`);
  }

  /** The parameters after one step of AdamW and after three, where the golden numbers have them. */
  async compareSteps(model: PreTrainedModel): Promise<void> {
    const { mathematically_zero_gradients: zeroGradients } = goldenJson<{ mathematically_zero_gradients: string[] }>(
      `models/${this.name}/golden.json`,
    );
    const optimizer = new AdamW(decayGroups(model.namedParameters(), 0.01), { lr: 1e-3 });
    const scheduler = getScheduler("linear", { optimizer, numWarmupSteps: 1, numTrainingSteps: 10 });
    for (let step = 1; step <= 3; step++) {
      scope(() => {
        lossOf(model.forward(this.batch())).backward();
        clipGradNorm(model.parameters(), 1);
        optimizer.step();
        scheduler.step();
        optimizer.zeroGrad();
      });
      if (step === 2) continue;
      for (const [name, parameter] of model.namedParameters()) {
        if (zeroGradients.includes(name)) continue; // Adam turns their rounding noise into steps
        const expected = this.#get(`step${step}.${name}`).data;
        assertClose(await parameter.data(), expected, 2e-4, `${this.name}: ${name} after step ${step}`);
      }
    }
  }

  #get(name: string): Reference {
    const found = this.#tensors.get(name);
    assert.ok(found, `${this.name}: golden.safetensors has no "${name}"`);
    return found;
  }
}

/** A padded tensor with zeros where its token is hidden, as here; in PyTorch those are ordinary numbers. */
export function realValues({ data, shape }: Reference, name: string, mask: Reference): ArrayLike<number> {
  const [rows, length] = mask.shape;
  const isPerToken = name.startsWith("attentions")
    ? true
    : shape.length >= 2 && shape[0] === rows && shape[1] === length;
  if (!isPerToken) return data;
  const perRow = data.length / rows;
  const columns = name.startsWith("attentions") ? length : perRow / length; // of one token
  return data.map((value, i) => {
    const token = Math.floor(i / columns) % length;
    return mask.data[Math.floor(i / perRow) * length + token] === 1 ? value : 0;
  });
}

export function lossOf(output: ModelOutput): Tensor {
  assert.ok("loss" in output && output.loss instanceof Tensor, "forward() gave no loss");
  return output.loss;
}

/** Every tensor of an output by its name in the golden files: `hiddenStates[1]` is `hidden_states.1`. */
export function tensorsOf(output: ModelOutput): Record<string, Tensor> {
  const entries = Object.entries(output).flatMap(([key, value]): [string, Tensor][] => {
    const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (value instanceof Tensor) return [[name, value]];
    return Array.isArray(value) ? value.map((tensor, i) => [`${name}.${i}`, tensor]) : [];
  });
  return Object.fromEntries(entries);
}
