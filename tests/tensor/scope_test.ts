import assert from "node:assert/strict";
import { backward, noGrad } from "../../lib/autograd/mod.ts";
import { keep, openScope, scope, tensor } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";

deviceTest("float64", "scope() frees what was made inside but for what is returned or kept", (backend) => {
  const before = backend.memory().buffers;
  const held: { kept?: ReturnType<typeof tensor> } = {};
  const { returned } = scope(() => {
    tensor([1, 2]);
    held.kept = keep(tensor([3]));
    return { returned: tensor([4]), list: [tensor([5])] };
  });
  assert.equal(backend.memory().buffers - before, 3);
  assert.equal(returned.isDisposed, false);
  held.kept!.dispose();
});

deviceTest("float64", "scope() hands what it returns to the scope around it", (backend) => {
  const before = backend.memory().buffers;
  scope(() => {
    scope(() => tensor([1]));
  });
  assert.equal(backend.memory().buffers, before);
});

deviceTest("float64", "scope() frees what was made inside when it throws", (backend) => {
  const before = backend.memory().buffers;
  assert.throws(() =>
    scope(() => {
      tensor([1]);
      throw new Error("stop");
    }), /stop/);
  assert.equal(backend.memory().buffers, before);
});

deviceTest("float64", "scope() of an async function frees when its promise settles", async (backend) => {
  const before = backend.memory().buffers;
  const value = await scope(async () => {
    const made = tensor([7]);
    await Promise.resolve();
    return await made.item();
  });
  assert.equal(value, 7);
  assert.equal(backend.memory().buffers, before);
});

deviceTest("float64", "openScope() closed twice frees once", (backend) => {
  const before = backend.memory().buffers;
  const opened = openScope();
  tensor([1]);
  opened.close();
  opened.close();
  assert.equal(backend.memory().buffers, before);
});

deviceTest("float64", "a freed tensor names the op that made it when it is used", async () => {
  const x = scope(() => {
    const made = tensor([1, 2]).gelu();
    keep(made);
    made.dispose();
    return made;
  });
  await assert.rejects(x.data(), /shape \(2\) made by "gelu" is used after it was freed/);
});

deviceTest("float64", "a training step leaves only parameters and gradients behind", (backend) => {
  const weight = keep(tensor([[1, 2], [3, 4]]));
  weight.requiresGrad = true;
  const before = backend.memory().buffers;
  for (let step = 0; step < 3; step++) {
    scope(() => tensor([[1, 1]]).matmul(weight).gelu().sum().backward());
  }
  assert.equal(backend.memory().buffers - before, 1); // the gradient
  weight.dispose();
});

deviceTest("float64", "a graph that is never differentiated goes with its tensors", (backend) => {
  const weight = keep(tensor([[1, 2], [3, 4]]));
  weight.requiresGrad = true;
  const before = backend.memory().buffers;
  scope(() => {
    tensor([[1, 1]]).matmul(weight).gelu().tanh();
  });
  assert.equal(backend.memory().buffers, before);
  weight.dispose();
});

deviceTest("float64", "backward() twice on one graph is an error that says so", () => {
  const x = keep(tensor([2]));
  x.requiresGrad = true;
  const y = x.tanh().sum();
  y.backward();
  assert.throws(() => y.backward(), /freed by an earlier backward/);
  x.dispose();
});

deviceTest("float64", "backward() adds to the gradient that is there", async () => {
  const x = keep(tensor([2]));
  x.requiresGrad = true;
  x.scale(3).backward();
  x.scale(4).backward();
  assert.equal(await x.grad!.item(), 7);
  x.dispose();
});

deviceTest("float64", "backward() on what no gradient flows to is an error", () => {
  const x = tensor([2]);
  assert.throws(() => backward(x.scale(2)), /no gradient flows/);
  x.requiresGrad = true;
  assert.throws(() => backward(noGrad(() => x.scale(2))), /no gradient flows/);
  assert.throws(() => tensor([1, 2]).backward(), /must be one number/);
});

deviceTest("float64", "two leaves of one sum have gradients that can be changed alone", async () => {
  const [a, b] = [tensor([1]), tensor([2])];
  a.requiresGrad = b.requiresGrad = true;
  a.add(b).backward();
  a.grad!.write(Float64Array.of(5));
  assert.equal(await b.grad!.item(), 1);
});
