// Devices in a browser's page, in place of tests/devices.ts: WebGPU, and the float64 loops it is held to. Tests are collected here and
// run one by one, by the page's driver (ops_test.ts).

import type { Backend } from "../../lib/backend/backend.ts";
import { setBackend } from "../../lib/backend/current.ts";
import { createWebgpuBackend } from "../../lib/backend/webgpu/mod.ts";
import { createFloat64Backend } from "../backend_f64.ts";
import { withNaN } from "../nan_buffers.ts";

export type DeviceName = "float64" | "cpu" | "webgpu";

const backends = { webgpu: withNaN(await createWebgpuBackend()), float64: createFloat64Backend() };

/** A test that was registered, to be run later. */
interface Registered {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** The tests for WebGPU, in the order in which their files register them. */
export const registered: Registered[] = [];

/** As in tests/devices.ts. */
export async function onDevice<R>(device: DeviceName, fn: (backend: Backend) => R | Promise<R>): Promise<R> {
  if (device === "cpu") throw new Error("A page has no CPU device.");
  const before = setBackend(backends[device]);
  try {
    return await fn(backends[device]);
  } finally {
    setBackend(before);
  }
}

/** Keeps a test on WebGPU for later; those of other devices run under Deno. */
export function deviceTest(device: DeviceName, name: string, fn: (backend: Backend) => void | Promise<void>): void {
  if (device === "webgpu") registered.push({ name, run: () => onDevice(device, fn) });
}
