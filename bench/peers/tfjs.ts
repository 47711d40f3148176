// The same training step in TensorFlow.js: its Adam, which has no weight decay. usage: tfjs.ts small|distil STEPS webgpu
// Its packages hold 290 MB. They are imported by names that Deno does not see beforehand, and stand in no deno.json: nobody but who runs
// this file downloads them.
// deno-lint-ignore-file no-explicit-any -- packages without types

import { timeSteps } from "../side.ts";
import { batchOf, LEARNING_RATE, sizeNamed, sizes } from "../sizes.ts";
import { parametersFor } from "./parameters.ts";

const VERSION = "4.22.0";
const load = async (name: string): Promise<any> => await import(`npm:@tensorflow/${name}@${VERSION}`);
const tf = await load("tfjs");
await load("tfjs-backend-webgpu");

const [name, steps, backend] = Deno.args;
const size = sizes[sizeNamed(name)];
const { layers, hidden, heads, batch, length } = size;
const tokens = batch * length;
if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js does not start on ${backend}.`);
await tf.ready();

const p: Record<string, any> = {};
for (const [key, { values, shape }] of parametersFor(size)) p[key] = tf.variable(tf.tensor(values, shape), true, key);

const linear = (x: any, key: string) => tf.matMul(x, p[`${key}.weight`]).add(p[`${key}.bias`]);
const gelu = (x: any) => x.mul(0.5).mul(x.mul(Math.SQRT1_2).erf().add(1));
const split = (x: any) => x.reshape([batch, length, heads, hidden / heads]).transpose([0, 2, 1, 3]);

function norm(x: any, key: string): any {
  const centred = x.sub(x.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  return centred.mul(variance.add(1e-12).rsqrt()).mul(p[`${key}.weight`]).add(p[`${key}.bias`]);
}

function lossOf(ids: any, labels: any): any {
  const embedded = tf.gather(p.words, ids).reshape([batch, length, hidden]).add(p.positions).add(p.types);
  let x = norm(embedded.reshape([tokens, hidden]), "embeddings.LayerNorm");
  for (let l = 0; l < layers; l++) {
    const key = `encoder.layer.${l}`;
    const projection = (part: string) => split(linear(x, `${key}.attention.self.${part}`));
    const [q, k, v] = ["query", "key", "value"].map(projection); // (batch, heads, length, headSize)
    const scores = tf.matMul(q, k, false, true).mul(1 / Math.sqrt(hidden / heads));
    const context = tf.matMul(tf.softmax(scores), v).transpose([0, 2, 1, 3]).reshape([tokens, hidden]);
    x = norm(x.add(linear(context, `${key}.attention.output.dense`)), `${key}.attention.output.LayerNorm`);
    const inner = gelu(linear(x, `${key}.intermediate.dense`));
    x = norm(x.add(linear(inner, `${key}.output.dense`)), `${key}.output.LayerNorm`);
  }
  const first = x.reshape([batch, length, hidden]).slice([0, 0, 0], [batch, 1, hidden]).reshape([batch, hidden]);
  const logits = linear(linear(first, "pooler.dense").tanh(), "classifier");
  return tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 2), logits);
}

const optimizer = tf.train.adam(LEARNING_RATE);
const { ids, labels } = batchOf(size);

async function step(): Promise<number> {
  const idTensor = tf.tensor1d(ids.flat(), "int32");
  const labelTensor = tf.tensor1d(labels, "int32");
  const loss = optimizer.minimize(() => tf.tidy(() => lossOf(idTensor, labelTensor)), true);
  const [value] = await loss.data();
  await p["classifier.bias"].data(); // the last parameter: once it can be read, the update is done
  tf.dispose([loss, idTensor, labelTensor]);
  return value;
}

await timeSteps({ step, note: `TensorFlow.js ${VERSION}, ${backend}` }, Number(steps));
Deno.exit(0);
