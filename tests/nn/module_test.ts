import assert from "node:assert/strict";
import {
  activation,
  Dropout,
  Embedding,
  LayerNorm,
  Linear,
  Module,
  parameterGroups,
  Sequential,
  Tanh,
} from "../../lib/nn/mod.ts";
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

deviceTest(
  "cpu",
  "Module names a parameter that two parts share once, by its first name, and it gets both gradients",
  async () => {
    class Twice extends Module {
      readonly first = new Linear(2, 2);
      readonly second = this.first;
    }
    const twice = new Twice();
    assert.deepEqual(Array.from(twice.namedParameters(), ([name]) => name), ["first.weight", "first.bias"]);
    assert.equal(twice.numParameters(), 6);
    const x = tensor([[1, 2]]);
    twice.first.forward(x).add(twice.second.forward(x)).sum().backward();
    assert.deepEqual([...await twice.first.weight.grad!.data()], [2, 4, 2, 4]);
  },
);

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
  for (const values of [await weight.data(), await bias!.data()]) {
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

deviceTest(
  "cpu",
  "Module.freeze() and unfreeze() take a part's name, a * for one part, or a regular expression",
  () => {
    const block = new Block();
    const trained = () => block.summary().filter(({ trainable }) => trainable).map(({ name }) => name);
    block.freeze();
    assert.deepEqual(trained(), []);
    assert.deepEqual(block.unfreeze("layer.1").summary()[3], {
      name: "layer.1.weight",
      shape: [2, 3],
      parameters: 6,
      trainable: true,
    });
    assert.deepEqual(trained(), ["layer.1.weight", "layer.1.bias"]);
    block.unfreeze("layer.*.bias");
    assert.deepEqual(trained(), ["layer.0.bias", "layer.1.weight", "layer.1.bias"]);
    block.unfreeze().freeze(/weight$/);
    assert.deepEqual(trained(), ["layer.0.bias", "layer.1.bias", "output.dense.bias", "output.LayerNorm.bias"]);
    assert.throws(
      () => block.freeze("encoder"),
      /freeze: no parameter is named encoder; names begin with word_embeddings, layer, output\./,
    );
  },
);

deviceTest("cpu", "Module.freeze() forgets the gradient that was there", () => {
  const layer = new Linear(2, 1);
  layer.forward(tensor([[1, 2]])).sum().backward();
  layer.freeze("weight");
  assert.equal(layer.weight.grad, null);
  assert.ok(layer.bias!.grad);
});

deviceTest("cpu", "parameterGroups() puts each trainable parameter into the first group that means it", () => {
  const block = new Block().freeze("output.LayerNorm");
  const groups = parameterGroups(block, [{ match: "layer.1", lr: 1e-3 }, { match: /bias$/, lr: 1e-4 }]);
  assert.deepEqual(groups.map(({ params, ...settings }) => [params.map(({ size }) => size), settings]), [
    [[6, 2], { lr: 1e-3 }],
    [[3, 2], { lr: 1e-4 }],
    [[20, 12, 4], {}],
  ]);
  assert.throws(
    () => parameterGroups(block, [{ match: "head", lr: 1 }]),
    /parameterGroups: no parameter is named head/,
  );
});

deviceTest("cpu", "Sequential runs its layers in turn, under PyTorch's names", async () => {
  const layers = new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 1, { bias: false }));
  assert.deepEqual(Array.from(layers.namedParameters(), ([name]) => name), ["0.weight", "0.bias", "2.weight"]);
  assert.equal(layers.length, 3);
  const x = tensor([[1, -2]]);
  const [first, second, third] = layers;
  const expected = await third.forward(second.forward(first.forward(x))).data();
  assert.deepEqual(await layers.forward(x).data(), expected);
  assert.ok(layers.eval()[1].training === false);
});

deviceTest("cpu", "activation() knows config.json's names, and names them where it does not", async () => {
  const values = await activation("gelu_new")(tensor([1])).data();
  assert.ok(Math.abs(values[0] - 0.841192) < 1e-6);
  assert.throws(() => activation("toString"), /The activation "toString" is not supported; these are: "gelu"/);
});
