// The same training step in @jax-js/jax: jit of value and gradient, and AdamW by hand. usage: jax.ts small|distil STEPS wasm|webgpu
// deno-lint-ignore-file no-explicit-any -- the peer's types do not cover pytrees of parameters

import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import project from "../../deno.json" with { type: "json" };
import { timeSteps } from "../side.ts";
import { batchOf, LEARNING_RATE, sizeNamed, sizes } from "../sizes.ts";
import { parametersFor } from "./parameters.ts";

const [name, steps, backend] = Deno.args;
const size = sizes[sizeNamed(name)];
const { layers, hidden, heads, batch, length, vocabulary } = size;
const tokens = batch * length;
const headSize = hidden / heads;
await init(backend as any);
defaultDevice(backend as any);

const array = (values: Float32Array | Int32Array, shape: number[], dtype: any) =>
  np.array(values as any, { shape, dtype } as any);

function lossOf(p: any, ids: any, labels: any): any {
  const linear = (x: any, key: string) => np.matmul(x, p[`${key}.weight`]).add(p[`${key}.bias`]);
  const norm = (x: any, key: string) =>
    nn.standardize(x, -1, { epsilon: 1e-12 }).mul(p[`${key}.weight`]).add(p[`${key}.bias`]);
  const split = (x: any) => x.reshape([batch, length, heads, headSize]).transpose([0, 2, 1, 3]);
  const embedded = backend === "webgpu" // the gradient of take is WGSL that Deno's WebGPU refuses
    ? np.matmul(nn.oneHot(ids, vocabulary).reshape([tokens, vocabulary]), p.words)
    : np.take(p.words, ids, 0);
  let x = embedded.reshape([batch, length, hidden]).add(p.positions).add(p.types);
  x = norm(x, "embeddings.LayerNorm").reshape([tokens, hidden]);
  for (let l = 0; l < layers; l++) {
    const key = `encoder.layer.${l}`;
    const projection = (part: string) => split(linear(x.ref, `${key}.attention.self.${part}`));
    const [q, k, v] = ["query", "key", "value"].map(projection); // (batch, heads, length, headSize)
    const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(headSize));
    const context = np.matmul(nn.softmax(scores, -1), v).transpose([0, 2, 1, 3]).reshape([tokens, hidden]);
    x = norm(x.add(linear(context, `${key}.attention.output.dense`)), `${key}.attention.output.LayerNorm`);
    const inner = nn.gelu(linear(x.ref, `${key}.intermediate.dense`), { approximate: false });
    x = norm(x.add(linear(inner, `${key}.output.dense`)), `${key}.output.LayerNorm`);
  }
  const first = x.reshape([batch, length, hidden]).slice([], 0, []); // (batch, hidden)
  const logits = linear(np.tanh(linear(first, "pooler.dense")), "classifier");
  return nn.logSoftmax(logits, -1).mul(nn.oneHot(labels, 2)).sum().mul(-1 / batch);
}

const lossAndGradient = jit(valueAndGrad(lossOf as any) as any) as any;
const adamw = jit(
  ((p: any, g: any, m: any, v: any, rate: any) => {
    const m2 = m.mul(0.9).add(g.ref.mul(0.1));
    const v2 = v.mul(0.999).add(np.square(g).mul(0.001));
    return [p.mul(1 - 0.01 * LEARNING_RATE).sub(m2.ref.div(np.sqrt(v2.ref).add(1e-8)).mul(rate)), m2, v2];
  }) as any,
) as any;

let current: Record<string, any> = {};
const moments = new Map<string, any[]>();
for (const [key, { values, shape }] of parametersFor(size)) {
  current[key] = array(values, shape, np.float32);
  moments.set(key, [np.zeros(shape), np.zeros(shape)]);
}
const { ids, labels } = batchOf(size);
let t = 0;

async function step(): Promise<number> {
  t++;
  const idArray = array(Int32Array.from(ids.flat()), [batch, length], np.int32);
  const [loss, gradients] = lossAndGradient(
    tree.ref(current),
    idArray,
    array(Int32Array.from(labels), [batch], np.int32),
  );
  const rate = LEARNING_RATE * Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t);
  const next: Record<string, any> = {};
  for (const key of Object.keys(current)) {
    const [p, ...updated] = adamw(current[key], gradients[key], ...moments.get(key)!, np.array(rate));
    next[key] = p;
    moments.set(key, updated);
  }
  current = next;
  await blockUntilReady(tree.ref(current));
  return (await loss.data())[0];
}

await timeSteps({ step, note: `${project.imports["@jax-js/jax"].replace("npm:", "")}, ${backend}` }, Number(steps));
Deno.exit(0);
