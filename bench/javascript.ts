// A training step against what JavaScript has: @jax-js/jax on WebAssembly and WebGPU, TensorFlow.js on WebGPU; and a cold start.

import { type BenchOptions, denoSide, type Family, type Side } from "./runner.ts";
import { FIGURES } from "./side.ts";

type Size = "small" | "distil";

const SAME = "float32, no dropout, the same weights and batch on all sides; the first losses must agree.";
const TITLES: Readonly<Record<Size, string>> = {
  small: "training step, small, CPU without BLAS",
  distil: "training step, DistilBERT size, CPU without BLAS",
};
const AT_MOST = { small: 0.4, distil: 0.65 };
const STEPS = { small: 20, distil: 4 };

const ours = (name: string, size: Size, steps: number, env: Record<string, string>, ...flags: string[]): Side =>
  denoSide(name, "sides/step.ts", [size, String(steps), ...flags], env);
const jax = (size: Size, steps: number, device: "wasm" | "webgpu"): Side =>
  denoSide(`@jax-js/jax, ${device}`, "peers/jax.ts", [size, String(steps), device]);
/** Its packages stand in no lock file; see there. */
const tfjs = (size: Size, steps: number): Side =>
  denoSide("TensorFlow.js, webgpu", "peers/tfjs.ts", [size, String(steps), "webgpu"], {}, ["--no-lock"]);
const step = (side: Side) => ({ side, figure: FIGURES.step });

/** WebAssembly against WebAssembly. */
export function wasmFamilies(options: BenchOptions): Family[] {
  return (["small", "distil"] as const).map((size) => {
    const steps = options.steps ?? STEPS[size];
    const env = { ATTEND_DEVICE: "cpu", ATTEND_BLAS: "none" };
    const own = ours("this library, no BLAS", size, steps, env);
    const allTokens = ours("this library, no BLAS, last layer for all tokens", size, steps, env, "--all-tokens");
    const peer = jax(size, steps, "wasm");
    return {
      title: TITLES[size],
      notes: `${SAME} AdamW on both.`,
      sides: [own, allTokens, peer],
      rounds: options.rounds ?? 3,
      bars: [
        {
          work: TITLES[size],
          against: "@jax-js/jax, wasm",
          ours: step(own),
          others: [step(peer)],
          atMost: AT_MOST[size],
        },
        {
          work: "the same, last layer for all tokens",
          against: "@jax-js/jax, wasm",
          ours: step(allTokens),
          others: [step(peer)],
        },
      ],
    };
  });
}

/** WebGPU on whatever adapter there is; the note names it. */
export function webgpuFamilies(options: BenchOptions): Family[] {
  const steps = options.steps ?? 6;
  const own = ours("this library, webgpu", "small", steps, { ATTEND_DEVICE: "webgpu" });
  const peers = [jax("small", steps, "webgpu"), tfjs("small", steps)];
  return [{
    title: "training step, small, WebGPU",
    notes:
      `${SAME} @jax-js/jax looks words up by a product with one-hot rows, as the gradient of its lookup does not compile ` +
      "on Deno's WebGPU; TensorFlow.js has Adam without weight decay.",
    sides: [own, ...peers],
    rounds: options.rounds ?? 3,
    bars: [{
      work: "training step, small, WebGPU on the software adapter",
      against: "the better of @jax-js/jax and TensorFlow.js, webgpu",
      ours: step(own),
      others: peers.map(step),
      atMost: 0.2,
    }],
  }];
}

/** From the start of a process to the first loss. */
export function coldFamilies(options: BenchOptions): Family[] {
  const own = ours("this library, BLAS", "small", 0, { ATTEND_DEVICE: "cpu" }, "--blas");
  const withoutBlas = ours("this library, no BLAS", "small", 0, { ATTEND_DEVICE: "cpu", ATTEND_BLAS: "none" });
  const peer = jax("small", 0, "wasm");
  const cold = (side: Side) => ({ side, figure: FIGURES.cold });
  const bar = { against: "@jax-js/jax, wasm", others: [cold(peer)] };
  return [{
    title: "first step, from the start of the process to the first loss, small, CPU",
    notes: `${SAME} The whole step, with backward and AdamW. All modules are in Deno's cache.`,
    sides: [own, withoutBlas, peer],
    rounds: options.rounds ?? 5,
    bars: [
      { ...bar, work: "first step, cold process to first loss, small, CPU", ours: cold(own), atMost: 0.5 },
      { ...bar, work: "the same without BLAS", ours: cold(withoutBlas) },
    ],
  }];
}
