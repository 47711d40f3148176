import type { Backend } from "../../lib/backend/backend.ts";
import { setBackend } from "../../lib/backend/current.ts";
import type { Tensor } from "../../lib/tensor/mod.ts";
import { createFloat64Backend } from "../backend_f64.ts";

const devices: { name: string; create: () => Backend; tolerance: number }[] = [
  { name: "float64", create: createFloat64Backend, tolerance: 1e-9 },
];

/** Registers a test for each device; `tolerance` is what the fixture's README allows there. */
export function onEachDevice(
  name: string,
  body: (tolerance: number, isFloat64: boolean) => void | Promise<void>,
): void {
  for (const device of devices) {
    Deno.test(`${name}, on ${device.name}`, async () => {
      const before = setBackend(device.create());
      try {
        await body(device.tolerance, device.name === "float64");
      } finally {
        setBackend(before); // the backend itself goes with its last tensor
      }
    });
  }
}

/** A tensor's values in the precision of its device, where `data()` rounds to float32. */
export function exact(x: Tensor): Promise<ArrayLike<number>> {
  return x.backend.read(x.buffer, x.dtype, x.size);
}
