// One training step of this library: forward, loss, backward, AdamW.
// usage: step.ts small|distil STEPS [--dropout] [--blas] [--all-tokens]
// --blas refuses to run without one; --all-tokens asks for hidden states, so that the last layer computes all tokens.

import { AdamW, AutoModelForSequenceClassification, device, noGrad, scope, setSeed, type Tensor } from "lib";
import { timeSteps } from "../side.ts";
import { batchOf, configOf, LEARNING_RATE, sizeNamed, sizes } from "../sizes.ts";
import { initialValues } from "../weights.ts";

const [name, steps, ...flags] = Deno.args;
const size = sizes[sizeNamed(name)];
const hasDropout = flags.includes("--dropout");
const options = { outputHiddenStates: flags.includes("--all-tokens") };
if (flags.includes("--blas") && !device().blas) throw new Error("There is no BLAS; `deno task blas` fetches one.");

setSeed(0);
const model = await AutoModelForSequenceClassification.fromConfig(configOf(size, hasDropout ? 0.1 : 0));
for (const [name, parameter] of model.namedParameters()) parameter.write(initialValues(name, parameter.size));
const optimizer = new AdamW(model.parameters(), { lr: LEARNING_RATE });
const { ids, labels } = batchOf(size);
const batch = { input_ids: ids, labels };

/** The loss of a step; the read ends it, so that nothing is left queued. */
async function step(): Promise<number> {
  const loss = scope((): Tensor => {
    const out = model.forward(batch, options);
    out.loss!.backward();
    optimizer.step();
    optimizer.zeroGrad();
    return out.loss!;
  });
  const value = await loss.item();
  loss.dispose();
  return value;
}

async function lossWithoutDropout(): Promise<number> {
  model.eval();
  const loss = scope(() => noGrad(() => model.forward(batch).loss!));
  const value = await loss.item();
  loss.dispose();
  model.train();
  return value;
}

const { name: kind, adapter, blas, threads } = device();
const note = kind === "webgpu" ? `webgpu, ${adapter}` : `cpu, ${threads} threads, BLAS: ${blas ?? "none"}`;
await timeSteps({ step, loss: hasDropout ? lossWithoutDropout : undefined, note }, Number(steps));
Deno.exit(0);
