// The same training step in @jax-js/jax: jit of value and gradient, and Adam by hand. usage: jax.ts small|distil STEPS [wasm|webgpu]
// deno-lint-ignore-file no-explicit-any -- the peer's types do not cover pytrees of parameters

import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { batchOf, isSizeName, sizes, timeSteps } from "../sizes.ts";

const [name, steps, backend = "wasm"] = Deno.args;
if (!isSizeName(name)) throw new RangeError(`The size is "${name}"; it must be small or distil.`);
const { layers, hidden, heads, intermediate, batch, length, vocabulary } = sizes[name];
const headSize = hidden / heads;
await init(backend as any);
defaultDevice(backend as any);

let state = 1;
const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) + 0.5) / 2 ** 32;
const normal = (shape: number[], std = 0.02) => {
  const draw = () => std * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw);
  return np.array(values as any, { shape, dtype: np.float32 } as any);
};

const parameters: Record<string, any> = { words: normal([vocabulary, hidden]), positions: normal([length, hidden]) };
const addLinear = (key: string, from: number, to: number) => {
  parameters[`${key}.w`] = normal([from, to]);
  parameters[`${key}.b`] = np.zeros([to]);
};
const addNorm = (key: string) => {
  parameters[`${key}.g`] = np.ones([hidden]);
  parameters[`${key}.b`] = np.zeros([hidden]);
};
addNorm("embedded");
for (let l = 0; l < layers; l++) {
  for (const part of ["query", "key", "value", "out"]) addLinear(`${l}.${part}`, hidden, hidden);
  addLinear(`${l}.inner`, hidden, intermediate);
  addLinear(`${l}.outer`, intermediate, hidden);
  addNorm(`${l}.norm1`);
  addNorm(`${l}.norm2`);
}
addLinear("classifier", hidden, 2);

function lossOf(p: any, ids: any, labels: any): any {
  const linear = (x: any, key: string) => np.matmul(x, p[`${key}.w`]).add(p[`${key}.b`]);
  const norm = (x: any, key: string) => nn.standardize(x, -1, { epsilon: 1e-12 }).mul(p[`${key}.g`]).add(p[`${key}.b`]);
  const split = (x: any) => x.reshape([batch, length, heads, headSize]).transpose([0, 2, 1, 3]);
  const words = backend === "webgpu" // the gradient of take is WGSL that Deno's WebGPU refuses
    ? np.matmul(nn.oneHot(ids, vocabulary).reshape([batch * length, vocabulary]), p.words)
    : np.take(p.words, ids, 0);
  let x = norm(words.reshape([batch, length, hidden]).add(p.positions), "embedded").reshape([batch * length, hidden]);
  for (let l = 0; l < layers; l++) {
    const [q, k, v] = ["query", "key", "value"].map((part) => split(linear(x.ref, `${l}.${part}`)));
    const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(headSize));
    const context = np.matmul(nn.softmax(scores, -1), v).transpose([0, 2, 1, 3]).reshape([batch * length, hidden]);
    x = norm(x.add(linear(context, `${l}.out`)), `${l}.norm1`);
    const inner = nn.gelu(linear(x.ref, `${l}.inner`), { approximate: false });
    x = norm(x.add(linear(inner, `${l}.outer`)), `${l}.norm2`);
  }
  const logits = linear(x.reshape([batch, length, hidden]).slice([], 0, []), "classifier");
  return nn.logSoftmax(logits, -1).mul(nn.oneHot(labels, 2)).sum().mul(-1 / batch);
}

const lossAndGradient = jit(valueAndGrad(lossOf as any) as any) as any;
const adam = jit(
  ((p: any, g: any, m: any, v: any, rate: any) => {
    const m2 = m.mul(0.9).add(g.ref.mul(0.1));
    const v2 = v.mul(0.999).add(np.square(g).mul(0.001));
    return [p.mul(1 - 1e-6).sub(m2.ref.div(np.sqrt(v2.ref).add(1e-8)).mul(rate)), m2, v2];
  }) as any,
) as any;

let current = parameters;
const moments = new Map(Object.keys(parameters).map((key) => [key, [0, 0].map(() => np.zeros(parameters[key].shape))]));
const { ids, labels } = batchOf(sizes[name]);
let t = 0;

await timeSteps(
  async () => {
    t++;
    const idArray = np.array(Int32Array.from(ids.flat()) as any, { shape: [batch, length], dtype: np.int32 } as any);
    const labelArray = np.array(Int32Array.from(labels) as any, { dtype: np.int32 } as any);
    const [loss, gradients] = lossAndGradient(tree.ref(current), idArray, labelArray);
    const rate = 1e-4 * Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t);
    const next: Record<string, any> = {};
    for (const key of Object.keys(current)) {
      const [m, v] = moments.get(key)!;
      const [p, ...updated] = adam(current[key], gradients[key], m, v, np.array(rate));
      next[key] = p;
      moments.set(key, updated);
    }
    current = next;
    await blockUntilReady(tree.ref(current));
    return (await loss.data())[0];
  },
  Number(steps),
  () => `@jax-js/jax ${backend}`,
);
Deno.exit(0);
