// Optimizers and clipping against PyTorch 2.6 (tests/fixtures/optim.json), on every device.
// tests/fixtures/optim_amsgrad.json is one run more: torch.optim.Adam(amsgrad=True, weight_decay=0.1) in float64 on the gradients of adamw_amsgrad.

import assert from "node:assert/strict";
import {
  Adam,
  AdamW,
  clipGradNorm,
  decayGroups,
  getScheduler,
  type Optimizer,
  type Scheduler,
  SGD,
} from "../../lib/optim/mod.ts";
import { keep, openScope, type Tensor, tensor } from "../../lib/tensor/mod.ts";
import { exact, onEachDevice } from "./devices.ts";
import { adamAmsgrad, camelKeys, fixture } from "./fixture.ts";

const classes = { AdamW, Adam, SGD };
const { w0, b0, unused0 } = fixture.problem;

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i], expected[i]];
    const isSame = a === e || (Number.isNaN(a) && Number.isNaN(e));
    assert.ok(isSame || Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e)), `${what}[${i}]: ${a}, expected ${e}`);
  }
}

function setGrad(param: Tensor, values: readonly number[]): void {
  param.grad?.dispose();
  param.grad = keep(tensor(values));
}

for (const row of [...fixture.runs, adamAmsgrad]) {
  onEachDevice(`optimizers take PyTorch's 20 steps when the run is ${row.name}`, async (tolerance) => {
    const params = { w: tensor(w0), b: tensor(b0), unused: tensor(unused0) };
    const groups = row.groups?.map(({ params: names, ...settings }) => {
      return { ...camelKeys(settings), params: names.map((name) => params[name]) };
    });
    const make = (): Optimizer => new classes[row.class](groups ?? Object.values(params), camelKeys(row.args));
    const schedule = (optimizer: Optimizer): Scheduler | undefined =>
      row.schedule &&
      getScheduler("linear", { optimizer, numWarmupSteps: row.schedule.warmup, numTrainingSteps: row.schedule.total });
    let optimizer = make(), scheduler = schedule(optimizer);
    for (const [i, step] of row.steps.entries()) {
      setGrad(params.w, step.grad_w);
      setGrad(params.b, step.grad_b);
      close(optimizer.paramGroups.map((group) => group.lr), step.lr, 1e-9, `rate of step ${i}`);
      if (row.max_grad_norm) {
        const norm = clipGradNorm(Object.values(params), row.max_grad_norm);
        close(await exact(norm), [step.grad_norm ?? NaN], tolerance, `norm of step ${i}`);
      }
      const opened = openScope(); // as in a training loop: the moments must outlive it
      optimizer.step();
      opened.close();
      scheduler?.step();
      close(await exact(params.w), step.w, tolerance, `w after step ${i}`);
      close(await exact(params.b), step.b, tolerance, `b after step ${i}`);
      if (i !== 9) continue;
      // halfway through another optimizer goes on
      const [saved, rates] = [optimizer.stateDict(), scheduler?.stateDict()];
      optimizer = make();
      scheduler = schedule(optimizer);
      optimizer.loadStateDict(saved);
      if (rates) scheduler?.loadStateDict(rates);
    }
    close(await exact(params.unused), row.unused_after, 1e-7, "a parameter without gradient");
  });
}

for (const row of fixture.clip_grad_norm) {
  onEachDevice(
    `clipGradNorm() gives PyTorch's norm and gradients when they are ${row.name}`,
    async (tolerance, device) => {
      const params = row.grads.map((grad) => {
        const param = tensor(new Float32Array(grad.length));
        setGrad(param, grad);
        return param;
      });
      const norm = clipGradNorm(params, row.max_norm, { normType: row.norm_type });
      assert.deepEqual(norm.shape, []);
      // float64 holds the squares of 3e38, which overflow the reference's float32
      const holds = device === "float64" && row.name === "overflow";
      const [total, clipped] = holds
        ? [3e38 * Math.SQRT2, [[Math.SQRT1_2, Math.SQRT1_2]]]
        : [row.total_norm, row.clipped];
      const float32 = Math.max(tolerance, 1e-6); // the reference is float32
      close(await exact(norm), [total], float32, "norm");
      for (const [i, param] of params.entries()) {
        assert.ok(param.grad);
        close(await exact(param.grad), clipped[i], float32, `gradient ${i}`);
      }
    },
  );
}

onEachDevice(
  "clipGradNorm() by every norm is NaN where a gradient is, as in PyTorch, and leaves nothing behind",
  async () => {
    for (const normType of [1, 2, Infinity]) {
      const params = [tensor([0, 0]), tensor([0]), tensor(new Float32Array(0)), tensor([0])];
      setGrad(params[0], [1, 2]);
      setGrad(params[1], [NaN]);
      setGrad(params[2], []);
      const { backend } = params[0];
      const { buffers } = backend.memory();
      const norm = clipGradNorm(params, 1, { normType });
      assert.equal(backend.memory().buffers, buffers + 1);
      assert.deepEqual(Array.from(await exact(norm)), [NaN], `norm ${normType}`);
      assert.deepEqual(Array.from(await exact(params[0].grad!)), [NaN, NaN]);
    }
  },
);

onEachDevice("clipGradNorm() adds up all chunks when a gradient is longer than one", async (tolerance) => {
  const long = tensor(new Float32Array(40_000)), short = tensor(new Float32Array(3));
  setGrad(long, new Array(40_000).fill(0.01));
  setGrad(short, [1, 2, 2]);
  const norm = clipGradNorm([long, short, tensor([1])], Infinity);
  close(await exact(norm), [Math.sqrt(4 + 9)], Math.max(tolerance, 1e-6), "norm");
  close(await exact(clipGradNorm([tensor([1])], 1)), [0], 0, "norm without gradients");
});

onEachDevice("zeroGrad() forgets gradients when a step is done", () => {
  const param = tensor([1, 2]);
  setGrad(param, [1, 1]);
  const gradient = param.grad;
  new SGD([param], { lr: 0.1 }).zeroGrad();
  assert.equal(param.grad, null);
  assert.ok(gradient?.isDisposed);
});

onEachDevice("optimizers name what is wrong when they cannot be made", () => {
  const param = tensor([1, 2]);
  assert.throws(() => new AdamW([]), /AdamW: no parameters were given/);
  assert.throws(() => new AdamW([param, param]), /AdamW: a parameter of shape \(2\) is given twice/);
  assert.throws(() => new AdamW([param], { lr: -1 }), /AdamW: lr is -1; it must be 0 or more/);
  assert.throws(() => new AdamW([param], { betas: [0.9, 1] }), /betas are \[0.9, 1\]/);
  assert.throws(() => new Adam([param], { eps: NaN }), /Adam: eps is NaN/);
  assert.throws(() => new SGD([param], { nesterov: true }), /nesterov with momentum 0/);
  assert.throws(
    () => new AdamW([param], camelKeys({ foreach: true })),
    /unknown option "foreach"; known are lr, betas/,
  );
  assert.throws(() => clipGradNorm([param], -1), /maxNorm is -1/);
  assert.throws(() => clipGradNorm([param], 1, { normType: 3 }), /normType is 3; it must be 1, 2 or Infinity/);
  const other = new AdamW([tensor([1]), tensor([2])]);
  assert.throws(
    () => other.loadStateDict(new AdamW([param]).stateDict()),
    /groups of 1 parameters and this optimizer of 2/,
  );
});

onEachDevice("decayGroups() leaves biases and normalization out when weights decay", () => {
  const names = [
    "classifier.weight",
    "classifier.bias",
    "attention.output.LayerNorm.weight",
    "sa_layer_norm.weight",
    "layers.0.norm1.weight",
  ];
  const [decayed, free] = decayGroups(
    names.map((name): [string, Tensor] => [name, tensor([names.indexOf(name)])]),
    0.1,
  );
  assert.deepEqual([decayed.weightDecay, decayed.params.length, free.weightDecay, free.params.length], [0.1, 1, 0, 4]);
});
