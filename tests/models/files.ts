// Weight files for tests: written in memory, and damaged in ways that a seed decides.

import { type WritableTensor, writeSafetensors } from "../../lib/models/mod.ts";
import type { Random } from "../../lib/tensor/mod.ts";

/** A file as `writeSafetensors` writes it. */
export async function safetensorsBytes(
  tensors: Iterable<readonly [string, WritableTensor]>,
  dtype?: Parameters<typeof writeSafetensors>[1],
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = await Array.fromAsync(writeSafetensors(new Map(tensors), dtype));
  return new Uint8Array(await new Blob(pieces.map((piece) => piece.slice())).arrayBuffer());
}

/** A copy with up to three of its first `within` bytes changed, and every fourth time cut. */
export function mutated(file: Uint8Array, random: Random, within = file.length): Uint8Array<ArrayBuffer> {
  const copy = file.slice(0, random.integer(4) === 0 ? random.integer(file.length) : file.length);
  for (let change = random.integer(4); change >= 0 && copy.length > 0; change--) {
    copy[random.integer(Math.min(copy.length, within))] = random.integer(2) === 0
      ? random.integer(256)
      : [0, 1, 0x7f, 0x80, 0xff][random.integer(5)];
  }
  return copy;
}

export async function inTemporaryFolder(fn: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    await fn(path);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}
