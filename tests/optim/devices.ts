// Optimizer tests run on all devices, each within the tolerance that the fixture's README gives.

import type { Tensor } from "../../lib/tensor/mod.ts";
import { type DeviceName, deviceTest } from "../devices.ts";

const tolerances: Record<DeviceName, number> = { float64: 1e-9, cpu: 1e-5, webgpu: 1e-5 };

/** Registers a test for each device. */
export function onEachDevice(
  name: string,
  body: (tolerance: number, device: DeviceName) => void | Promise<void>,
): void {
  for (const device of ["float64", "cpu", "webgpu"] as const) {
    deviceTest(device, name, () => body(tolerances[device], device));
  }
}

/** A tensor's values in the precision of its device, where `data()` rounds to float32. */
export function exact(x: Tensor): Promise<ArrayLike<number>> {
  return x.backend.read(x.buffer, x.dtype, x.size);
}
