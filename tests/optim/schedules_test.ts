// Learning rates against PyTorch 2.6 and Transformers 4.57 (tests/fixtures/optim.json).

import assert from "node:assert/strict";
import { getScheduler, type PlateauOptions, ReduceLROnPlateau, type SchedulerName } from "../../lib/optim/mod.ts";
import { camelKeys, fixture } from "./fixture.ts";

const names: Record<string, SchedulerName> = {
  get_constant_schedule: "constant",
  get_constant_schedule_with_warmup: "constant_with_warmup",
  get_linear_schedule_with_warmup: "linear",
  get_cosine_schedule_with_warmup: "cosine",
  get_cosine_with_hard_restarts_schedule_with_warmup: "cosine_with_restarts",
  get_polynomial_decay_schedule_with_warmup: "polynomial",
  get_inverse_sqrt_schedule: "inverse_sqrt",
};

/** A stand-in for an optimizer: a schedule sees its rates alone. */
const rates = (...lrs: number[]) => ({
  defaults: { lr: lrs[0], weightDecay: 0 },
  paramGroups: lrs.map((lr): { lr: number; initialLr?: number } => ({ lr })),
});

const assertRate = (actual: number, expected: number, what: string) => {
  const bound = expected === 0 ? 1e-18 : 1e-9 * Math.abs(expected);
  assert.ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, expected ${expected}`);
};

for (const row of fixture.schedules) {
  Deno.test(`getScheduler() gives Transformers' rates when the schedule is ${row.name}`, () => {
    const options = { optimizer: rates(row.base_lr), ...camelKeys(row.args) };
    const make = () => getScheduler(names[row.function], options);
    if (!row.lr) return assert.throws(make, RangeError);
    const scheduler = make();
    row.lr.forEach((expected, step) => {
      assertRate(scheduler.getLastLr()[0], expected, `step ${step}`);
      scheduler.step();
    });
  });
}

for (const row of fixture.reduce_on_plateau) {
  Deno.test(`ReduceLROnPlateau gives PyTorch's rates when the case is ${row.name}`, () => {
    const options: PlateauOptions = camelKeys(row.args);
    let optimizer = rates(row.base_lr), plateau = new ReduceLROnPlateau(optimizer, options);
    row.metrics.forEach((metric, i) => {
      plateau.step(metric);
      assertRate(plateau.getLastLr()[0], row.lr_after_step[i], `evaluation ${i}`);
      // every third evaluation goes on in a new one, through JSON
      if (i % 3 !== 0) return;
      const saved = JSON.parse(JSON.stringify(plateau.stateDict()));
      optimizer = rates(row.base_lr);
      plateau = new ReduceLROnPlateau(optimizer, options);
      plateau.loadStateDict(saved);
    });
  });
}

Deno.test("getScheduler() multiplies each group's own rate when groups differ", () => {
  const optimizer = rates(1e-3, 1e-5);
  const scheduler = getScheduler("linear", { optimizer, numWarmupSteps: 2, numTrainingSteps: 10 });
  scheduler.step();
  assert.deepEqual(scheduler.getLastLr(), [5e-4, 5e-6]);
});

Deno.test("loadStateDict() goes on at the same rate when a schedule was saved midway", () => {
  const make = () => getScheduler("cosine", { optimizer: rates(0.1), numWarmupSteps: 3, numTrainingSteps: 20 });
  const [first, second] = [make(), make()];
  for (let i = 0; i < 7; i++) first.step();
  second.loadStateDict(JSON.parse(JSON.stringify(first.stateDict())));
  for (let i = 0; i < 5; i++) {
    assert.deepEqual(second.getLastLr(), first.getLastLr());
    first.step();
    second.step();
  }
});

Deno.test("getScheduler() names what is missing or unknown when it cannot choose", () => {
  const optimizer = rates(0.1);
  const unknown = () => Reflect.apply(getScheduler, null, ["linea", { optimizer }]); // as untyped code calls it
  assert.throws(
    unknown,
    /unknown schedule "linea"; known are constant, .*reduce_lr_on_plateau/,
  );
  assert.throws(() => getScheduler("linear", { optimizer, numWarmupSteps: 0 }), /"linear" needs numTrainingSteps/);
  assert.throws(() => getScheduler("constant_with_warmup", { optimizer }), /needs numWarmupSteps/);
  assert.throws(
    () => getScheduler("linear", { optimizer, numWarmupSteps: 0.5, numTrainingSteps: 4 }),
    /numWarmupSteps is 0.5; it must be a whole number from 0/,
  );
  assert.throws(() => new ReduceLROnPlateau(optimizer, { factor: 1 }), /factor is 1; it must be below 1/);
  assert.throws(() => new ReduceLROnPlateau(optimizer).step(), /step\(\) needs the number it follows/);
});
