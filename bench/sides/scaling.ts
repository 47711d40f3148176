// Steps of this library on batches of many shapes, in turn. usage: scaling.ts THREADS ROUNDS

import { AdamW, AutoModelForSequenceClassification, scope, setSeed, type Tensor } from "lib";
import { createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { setBackend } from "../../lib/backend/current.ts";
import { gradientFigure, SCALED, type Shape, SHAPES, stepFigure } from "../scaling.ts";
import { median, peakMemory, report } from "../side.ts";
import { batchOf, configOf, LEARNING_RATE } from "../sizes.ts";

const [threads, rounds] = Deno.args.map(Number);
const backend = await createCpuBackend({ threads });
setBackend(backend)?.close();
setSeed(0);
const model = await AutoModelForSequenceClassification.fromConfig(configOf(SCALED, 0.1));
const optimizer = new AdamW(model.parameters(), { lr: LEARNING_RATE });

/** Microseconds a token: until the gradients are there, and until the step is done. */
async function timeStep(shape: Shape): Promise<[gradient: number, step: number]> {
  const { ids, labels } = batchOf({ ...SCALED, ...shape });
  const start = performance.now();
  let gradientsAt = 0;
  const loss = scope((): Tensor => {
    const out = model.forward({ input_ids: ids, labels });
    out.loss!.backward();
    gradientsAt = performance.now(); // a kernel of the CPU is done when it returns
    optimizer.step();
    optimizer.zeroGrad();
    return out.loss!;
  });
  await loss.item();
  loss.dispose();
  const perToken = 1000 / (shape.batch * shape.length);
  return [(gradientsAt - start) * perToken, (performance.now() - start) * perToken];
}

const times = new Map<Shape, [number, number][]>(SHAPES.map((shape) => [shape, []]));
for (let round = 0; round <= rounds; round++) {
  for (const shape of SHAPES) {
    const found = await timeStep(shape);
    if (round > 0) times.get(shape)!.push(found);
  }
}
const figures = [...times].flatMap(([shape, found]) => [
  [gradientFigure(shape), median(found.map(([gradient]) => gradient))],
  [stepFigure(shape), median(found.map(([, step]) => step))],
]);
report({
  figures: { ...Object.fromEntries(figures), ...peakMemory() },
  note: `cpu, ${backend.report().threads} threads, BLAS: ${backend.report().blas ?? "none"}`,
});
Deno.exit(0);
