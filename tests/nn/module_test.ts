import assert from "node:assert/strict";
import { Dropout, Embedding, LayerNorm, Linear, Module } from "../../lib/nn/mod.ts";
import { Tensor, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";

class Block extends Module {
  readonly wordEmbeddings = new Embedding(5, 4, 0);
  readonly layer = [new Linear(4, 3), new Linear(3, 2)];
  readonly output = { dense: new Linear(2, 2), LayerNorm: new LayerNorm(2) };
  readonly dropout = new Dropout(0.5);
}

deviceTest("cpu", "Module names its parameters as PyTorch does", () => {
  const block = new Block();
  assert.deepEqual(Array.from(block.namedParameters(), ([name, { shape }]) => `${name} (${shape})`), [
    "word_embeddings.weight (5,4)",
    "layer.0.weight (3,4)",
    "layer.0.bias (3)",
    "layer.1.weight (2,3)",
    "layer.1.bias (2)",
    "output.dense.weight (2,2)",
    "output.dense.bias (2)",
    "output.LayerNorm.weight (2)",
    "output.LayerNorm.bias (2)",
  ]);
  assert.equal(block.numParameters(), 20 + 15 + 8 + 6 + 4);
  block.wordEmbeddings.weight.requiresGrad = false;
  assert.equal(block.numParameters({ onlyTrainable: true }), 33);
});

deviceTest("cpu", "Module.eval() turns dropout off in every part, and train() on again", async () => {
  const block = new Block().eval();
  const ones = tensor(new Float32Array(64).fill(1));
  assert.equal(block.dropout.forward(ones), ones);
  block.train();
  const dropped = Array.from(await block.dropout.forward(ones).data());
  assert.ok(dropped.includes(0) && dropped.includes(2));
});

deviceTest("cpu", "Linear, Embedding and LayerNorm start as PyTorch's do", async () => {
  const bound = 1 / Math.sqrt(64);
  const { weight, bias } = new Linear(64, 200);
  for (const values of [await weight.data(), await bias.data()]) {
    assert.ok(values.every((value) => Math.abs(value) <= bound));
    assert.ok(values.some((value) => Math.abs(value) > bound * 0.9));
  }
  const rows = Array.from(await new Embedding(50, 40, 3).weight.data());
  assert.deepEqual(rows.slice(120, 160), Array(40).fill(0));
  const variance = rows.reduce((sum, value) => sum + value * value, 0) / (49 * 40);
  assert.ok(Math.abs(variance - 1) < 5 * Math.sqrt(2 / 1960));
  const norm = new LayerNorm(3);
  assert.deepEqual([...await norm.weight.data(), ...await norm.bias.data()], [1, 1, 1, 0, 0, 0]);
  assert.ok(norm.weight instanceof Tensor && norm.weight.requiresGrad);
});
