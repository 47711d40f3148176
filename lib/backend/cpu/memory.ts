// Where buffers lie in the one WebAssembly memory: a best-fit allocator with coalescing. Batches of packed sequences
// have ever-changing sizes, so pools by size class would hold many times what is in use. Nothing here touches the
// numbers themselves.

import type { BufferId, MemoryReport } from "../backend.ts";

const PAGE_BYTES = 65536;
/** Every buffer starts at a multiple of a cache line. */
const ALIGNMENT = 64;
/** The memory grows by at least this much at a time. */
const GROWTH_BYTES = 16 * 1024 * 1024;

/** A stretch of memory, in use or free, between its neighbours. */
interface Block {
  readonly start: number;
  size: number;
  isFree: boolean;
  before: Block | null;
  after: Block | null;
}

export interface Allocator {
  /** @throws RangeError when the memory cannot grow enough */
  allocate(bytes: number, label: string): BufferId;
  /** @throws Error for an address that is not in use */
  free(buffer: BufferId): void;
  report(): MemoryReport;
}

/**
 * Hands out the bytes of `memory` from `start` on. Free blocks are kept sorted by size, then by address, so that the
 * smallest that fits is found by halving, and the same calls always give the same addresses.
 */
export function createAllocator(memory: WebAssembly.Memory, start: number): Allocator {
  const inUse = new Map<BufferId, Block>();
  const free: Block[] = [];
  let bytesInUse = 0;
  let end = memory.buffer.byteLength;
  let last: Block = { start, size: end - start, isFree: true, before: null, after: null };
  if (last.size > 0) free.push(last);

  /** The place of the first free block that is not smaller than (size, start). */
  function place(size: number, start: number): number {
    let [low, high] = [0, free.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const block = free[middle];
      if (block.size < size || (block.size === size && block.start < start)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const list = (block: Block) => void free.splice(place(block.size, block.start), 0, block);
  const unlist = (block: Block) => void free.splice(place(block.size, block.start), 1);

  function grow(bytes: number, label: string): void {
    const missing = bytes - (last.isFree ? last.size : 0);
    const pages = Math.ceil(missing / PAGE_BYTES);
    if (!growBy(Math.max(pages, GROWTH_BYTES / PAGE_BYTES)) && !growBy(pages)) {
      const [wanted, held] = [inMiB(bytes), inMiB(bytesInUse)];
      throw new RangeError(
        `cpu: no memory for ${label} (${wanted} MiB): ${held} MiB are in use, and WebAssembly's memory ends at 4096 MiB; ` +
          `freeze the embeddings, or take a smaller batch or shorter sequences.`,
      );
    }
  }

  function growBy(pages: number): boolean {
    try {
      memory.grow(pages);
    } catch {
      return false;
    }
    const added = pages * PAGE_BYTES;
    end += added;
    if (last.isFree) {
      if (last.size > 0) unlist(last);
      last.size += added;
    } else {
      last = last.after = { start: end - added, size: added, isFree: true, before: last, after: null };
    }
    list(last);
    return true;
  }

  /** Makes `block` end at `size`, what is left over a free block behind it. */
  function split(block: Block, size: number): void {
    if (block.size === size) return;
    const rest: Block = {
      start: block.start + size,
      size: block.size - size,
      isFree: true,
      before: block,
      after: block.after,
    };
    if (block.after) block.after.before = rest;
    else last = rest;
    block.after = rest;
    block.size = size;
    list(rest);
  }

  /** Makes one of two free neighbours. */
  function merge(left: Block, right: Block): void {
    left.size += right.size;
    left.after = right.after;
    if (right.after) right.after.before = left;
    else last = left;
  }

  return {
    allocate(bytes, label) {
      const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
      let at = place(size, 0);
      if (at === free.length) {
        grow(size, label);
        at = place(size, 0);
      }
      const block = free[at];
      free.splice(at, 1);
      block.isFree = false;
      split(block, size);
      inUse.set(block.start, block);
      bytesInUse += size;
      return block.start;
    },
    free(buffer) {
      let block = inUse.get(buffer);
      if (!block) throw new Error(`free: no buffer in use lies at ${buffer}; it was freed before or never allocated.`);
      inUse.delete(buffer);
      bytesInUse -= block.size;
      block.isFree = true;
      const { before, after } = block;
      if (after?.isFree) {
        unlist(after);
        merge(block, after);
      }
      if (before?.isFree) {
        unlist(before);
        merge(before, block);
        block = before;
      }
      list(block);
    },
    report: () => ({ inUse: bytesInUse, buffers: inUse.size, reserved: end }),
  };
}

function inMiB(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}
