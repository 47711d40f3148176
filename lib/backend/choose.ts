// Which device runs: a real GPU where it is faster than the CPU here, else the CPU. Decided once, by measurement, and said why.

import { dirname, join } from "node:path";
import { readEnvironment } from "../environment.ts";
import type { Backend, DeviceReport } from "./backend.ts";
import { createCpuBackend } from "./cpu/mod.ts";
import { getBackend, setBackend } from "./current.ts";
import { createWebgpuBackend, isSoftwareAdapter } from "./webgpu/mod.ts";

/** Milliseconds of one small training step on a backend. */
export type Trial = (backend: Backend) => Promise<number>;

/** How the GPU is found; tests put another in its place. */
export interface GpuSearch {
  readonly find: () => Promise<GPUAdapter | null>;
  readonly isSoftware: (adapter: GPUAdapter) => boolean;
}

const systemGpu: GpuSearch = {
  find: async () => await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" }) ?? null,
  isSoftware: isSoftwareAdapter,
};

let reason = "set by setBackend()";

/**
 * Makes the device for new tensors: the one ATTEND_DEVICE names; else the CPU where there is no GPU adapter, or only a software one;
 * else the faster of the two in `trial`, remembered by adapter.
 * @throws RangeError where ATTEND_DEVICE is neither "cpu" nor "webgpu"; Error where "webgpu" is asked for and there is no adapter
 */
export async function chooseDevice(trial: Trial, gpu: GpuSearch = systemGpu): Promise<void> {
  const asked = readEnvironment("ATTEND_DEVICE");
  if (asked !== undefined && asked !== "cpu" && asked !== "webgpu") {
    throw new RangeError(
      `ATTEND_DEVICE is "${asked}"; it must be "cpu" or "webgpu", or unset to choose by measurement.`,
    );
  }
  if (asked) {
    await use(asked === "cpu" ? createCpuBackend() : createWebgpuBackend(), `ATTEND_DEVICE is "${asked}"`);
    return;
  }
  const adapter = await gpu.find();
  if (!adapter) {
    await use(createCpuBackend(), "no GPU adapter was found");
  } else if (gpu.isSoftware(adapter)) {
    await use(
      createCpuBackend(),
      `the only GPU adapter, ${adapter.info.description || "unnamed"}, is a program on the CPU`,
    );
  } else {
    await useFaster(adapter, trial);
  }
}

/** Which device runs and why; where the CPU has no BLAS, the command that fetches one. */
export function device(): DeviceReport {
  const report = getBackend().report();
  return { ...report, reason: [reason, report.reason].filter(Boolean).join("; ") };
}

/** Milliseconds of the trial on both devices, by adapter. */
interface Measured {
  cpu: number;
  webgpu: number;
}

async function useFaster(adapter: GPUAdapter, trial: Trial): Promise<void> {
  const [cpu, webgpu] = await Promise.all([createCpuBackend(), createWebgpuBackend(adapter)]);
  const { vendor, architecture, device: model, description } = adapter.info;
  const key = [vendor, architecture, model, description, `deno ${Deno.version.deno}`, `blas ${cpu.report().blas}`].join(
    " / ",
  );
  const known = recall()[key];
  const measured = known ?? { cpu: await trial(cpu), webgpu: await trial(webgpu) };
  if (!known) remember(key, measured);
  const [faster, slower] = measured.cpu < measured.webgpu ? [cpu, webgpu] : [webgpu, cpu];
  slower.close();
  const times = `CPU ${measured.cpu.toFixed(1)} ms, GPU ${measured.webgpu.toFixed(1)} ms a small training step`;
  await use(Promise.resolve(faster), `${times}${known ? ", measured earlier" : ""}`);
}

async function use(backend: Promise<Backend>, why: string): Promise<void> {
  setBackend(await backend);
  reason = why;
}

function memoryPath(): string | undefined {
  const cache = readEnvironment("XDG_CACHE_HOME");
  const home = readEnvironment("HOME") ?? readEnvironment("USERPROFILE");
  if (cache) return join(cache, "attend", "devices.json");
  return home && join(home, ".cache", "attend", "devices.json");
}

function recall(): Record<string, Measured> {
  const path = memoryPath();
  try {
    return path ? JSON.parse(Deno.readTextFileSync(path)) : {};
  } catch {
    return {}; // not measured yet, or not readable: measured again
  }
}

function remember(key: string, measured: Measured): void {
  const path = memoryPath();
  if (!path) return;
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.${crypto.randomUUID()}`;
    Deno.writeTextFileSync(beside, JSON.stringify({ ...recall(), [key]: measured }, null, 2));
    Deno.renameSync(beside, path);
  } catch {
    // the next start measures again
  }
}
