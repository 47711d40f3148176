// Attention and the transformer's layers against PyTorch: outputs, probabilities, and the gradient of every input and parameter.

import assert from "node:assert/strict";
import { backward, concat } from "../../lib/autograd/mod.ts";
import {
  type AttendOptions,
  type Module,
  MultiHeadAttention,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
} from "../../lib/nn/mod.ts";
import { Random, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenRows, type OpRow } from "../golden.ts";
import { assertClose, normalValues } from "../test_op.ts";

const devices = ["float64", "cpu", "webgpu"] as const;

/** Gives a module the row's parameters `p.NAME`, all of them. */
function setParameters(module: Module, row: OpRow): void {
  const left = new Set([...row.inputs.keys()].filter((name) => name.startsWith("p.")));
  for (const [name, parameter] of module.namedParameters()) {
    const reference = row.inputs.get(`p.${name}`);
    assert.ok(reference, `${row.name} has no parameter "${name}"`);
    assert.deepEqual(parameter.shape, reference.shape, name);
    parameter.write(reference.data);
    left.delete(`p.${name}`);
  }
  assert.deepEqual([...left], [], `${row.name}: parameters that the module lacks`);
}

function inputOf(row: OpRow, name: string): Tensor {
  const { data, shape } = row.inputs.get(name)!;
  const input = tensor(data, shape);
  input.requiresGrad = data instanceof Float32Array;
  return input;
}

/** Compares outputs and all gradients; several outputs stand one after the other in the row. */
async function compare(row: OpRow, module: Module, inputs: Record<string, Tensor>, outputs: Tensor[]): Promise<void> {
  const y = concat(outputs.map((output) => output.reshape([-1])));
  assertClose(await y.data(), row.output.data, row.output.tolerance, `${row.name}: outputs`);
  backward(y, tensor(row.upstream!.data, y.shape));
  const leaves = new Map(Object.entries(inputs));
  for (const [name, parameter] of module.namedParameters()) leaves.set(`p.${name}`, parameter);
  for (const [name, gradient] of row.gradients) {
    const { grad } = leaves.get(name)!;
    assert.ok(grad, `${row.name}: no gradient of "${name}"`);
    assertClose(await grad.data(), gradient.data, gradient.tolerance, `${row.name}: gradient of ${name}`);
  }
}

for (const device of devices) {
  deviceTest(device, "MultiHeadAttention gives PyTorch's output, probabilities and gradients", async () => {
    for (const row of goldenRows("multi_head_attention")) {
      const x = inputOf(row, "x");
      const module = new MultiHeadAttention(x.shape[2], Number(row.attrs.heads));
      setParameters(module, row);
      const isCausal = row.attrs.mask === "causal";
      const { output, probabilities } = module.withProbabilities(x, x, x, { isCausal });
      const packed = await module.forward(x, x, x, { isCausal }).data();
      assertClose(packed, row.output.data.subarray(0, packed.length), row.output.tolerance, "forward()");
      await compare(row, module, { x }, [output, probabilities]);
    }
  });

  deviceTest(device, "TransformerEncoderLayer gives PyTorch's numbers, post- and pre-norm", async () => {
    for (const row of goldenRows("encoder_layer")) {
      const x = inputOf(row, "x");
      const layer = new TransformerEncoderLayer(x.shape[2], Number(row.attrs.heads), settings(row));
      setParameters(layer, row);
      await compare(row, layer, { x }, [layer.forward(x, { attentionMask: inputOf(row, "mask") })]);
    }
  });

  deviceTest(device, "TransformerDecoderLayer gives PyTorch's numbers, post- and pre-norm", async () => {
    for (const row of goldenRows("decoder_layer")) {
      const [x, memory] = [inputOf(row, "x"), inputOf(row, "memory")];
      const layer = new TransformerDecoderLayer(x.shape[2], Number(row.attrs.heads), settings(row));
      setParameters(layer, row);
      await compare(row, layer, { x, memory }, [layer.forward(x, memory, { memoryMask: inputOf(row, "mask") })]);
    }
  });

  deviceTest(
    device,
    "MultiHeadAttention.forward() agrees with withProbabilities() under any mask, gradients too",
    async () => {
      const random = new Random(11);
      for (let i = 0; i < 12; i++) {
        const [batch, queries, keys] = [i % 4, 1 + random.integer(5), 1 + random.integer(6)];
        const isSelf = i % 2 === 0;
        const isCausal = i % 3 === 0;
        const mask = Int32Array.from(
          { length: batch * (isSelf ? queries : keys) },
          () => random.integer(3) === 0 ? 0 : 1,
        );
        if (batch > 1) mask.fill(0, 0, mask.length / batch); // one sequence has no key at all
        const attentionMask = i % 5 === 4 ? undefined : tensor(mask, [batch, mask.length / Math.max(1, batch)]);
        const module = new MultiHeadAttention(6, 3);
        const run = async (call: (x: Tensor, other: Tensor, options: AttendOptions) => Tensor) => {
          const [x, other] = [leaf([batch, queries, 6], i), leaf([batch, isSelf ? queries : keys, 6], i + 50)];
          const y = call(x, isSelf ? x : other, { attentionMask, isCausal });
          backward(y, tensor(normalValues(y.shape, 7).data, y.shape));
          const gradients = [x, ...(isSelf ? [] : [other]), ...module.parameters()].map(({ grad }) => grad!.data());
          const values = [await y.data(), ...await Promise.all(gradients)];
          for (const parameter of module.parameters()) parameter.grad = null;
          return values;
        };
        const packed = await run((x, other, options) => module.forward(x, other, other, options));
        const masked = await run((x, other, options) => module.withProbabilities(x, other, other, options).output);
        packed.forEach((values, at) => assertClose(values, masked[at], 2e-5, `case ${i}, value ${at}`));
      }
    },
  );

  deviceTest(device, "a transformer layer takes an empty batch", async () => {
    const layer = new TransformerEncoderLayer(8, 2, { dimFeedforward: 12 });
    const x = leaf([0, 5, 8], 1);
    const y = layer.forward(x, { attentionMask: tensor(new Int32Array(0), [0, 5]) });
    assert.deepEqual(y.shape, [0, 5, 8]);
    backward(y.sum());
    for (const [name, { grad, size }] of layer.namedParameters()) {
      assert.deepEqual([...await grad!.data()], Array(size).fill(0), name);
    }
  });
}

deviceTest(
  "cpu",
  "MultiHeadAttention.withProbabilities() gives rows that sum to 1 over the keys that are seen",
  async () => {
    const module = new MultiHeadAttention(4, 2);
    const x = leaf([1, 3, 4], 1);
    const attentionMask = tensor([[1, 1, 0]], { dtype: "int32" });
    const { probabilities } = module.withProbabilities(x, x, x, { attentionMask, isCausal: true });
    assert.deepEqual(probabilities.shape, [1, 2, 3, 3]);
    const rows = await probabilities.data();
    for (let row = 0; row < 6; row++) {
      const [first, second, third] = rows.subarray(row * 3, row * 3 + 3);
      assert.ok(Math.abs(first + second - 1) < 1e-6 && third === 0);
      if (row % 3 === 0) assert.equal(second, 0);
    }
  },
);

deviceTest("cpu", "MultiHeadAttention says which shapes and masks do not fit", () => {
  assert.throws(() => new MultiHeadAttention(6, 4), /embedDim 6 is not a multiple of numHeads 4/);
  const module = new MultiHeadAttention(4, 2);
  const x = leaf([2, 3, 4], 1);
  assert.throws(
    () => module.forward(x, leaf([2, 3, 5], 1), x),
    /key Tensor\(\(2, 3, 5\).*must be \(batch, length, 4\)/,
  );
  const mask = tensor([[1, 1]], { dtype: "int32" });
  assert.throws(
    () => module.forward(x, x, x, { attentionMask: mask }),
    /must be int32, made on the host, of shape \(2, 3\)/,
  );
});

function settings({ attrs }: OpRow) {
  return {
    dimFeedforward: Number(attrs.ff),
    dropout: 0,
    activation: String(attrs.activation),
    layerNormEps: Number(attrs.eps),
    normFirst: attrs.norm_first === true,
  };
}

function leaf(shape: readonly number[], seed: number): Tensor {
  const made = tensor(normalValues(shape, seed).data, shape);
  made.requiresGrad = true;
  return made;
}
