// The devices that tests run on. A device that this machine lacks is a test ignored by name, never one that passes silently.

import type { Backend } from "../lib/backend/backend.ts";
import { createCpuBackend } from "../lib/backend/cpu/mod.ts";
import { setBackend } from "../lib/backend/current.ts";
import { createWebgpuBackend } from "../lib/backend/webgpu/mod.ts";
import { createFloat64Backend } from "./backend_f64.ts";
import { adapter } from "./gpu.ts";
import { withNaN } from "./nan_buffers.ts";

export type DeviceName = "float64" | "cpu" | "webgpu";

const makers: Record<DeviceName, () => Promise<Backend>> = {
  float64: () => Promise.resolve(createFloat64Backend()),
  cpu: async () => withNaN(await createCpuBackend()),
  webgpu: async () => withNaN(await createWebgpuBackend()),
};
const made = new Map<DeviceName, Promise<Backend>>();

/** Runs `fn` with new tensors on the named device; each device is made once a test file. */
export async function onDevice<R>(device: DeviceName, fn: (backend: Backend) => R | Promise<R>): Promise<R> {
  let backend = made.get(device);
  if (!backend) made.set(device, backend = makers[device]());
  const before = setBackend(await backend);
  try {
    return await fn(await backend);
  } finally {
    setBackend(before);
  }
}

/** Registers a test on one device, `name on device`. */
export function deviceTest(device: DeviceName, name: string, fn: (backend: Backend) => void | Promise<void>): void {
  Deno.test({
    name: `${name} on ${device}`,
    ignore: device === "webgpu" && !adapter,
    // the engine's threads and GPU queue outlive a test on purpose
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => onDevice(device, fn),
  });
}
