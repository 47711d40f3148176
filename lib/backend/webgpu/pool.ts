// GPU buffers kept for reuse by rounded size. A buffer that is not destroyed is never returned to the system, and creating one costs
// more than most kernels, so freed ones wait here; what lies idle for long is destroyed.

import type { BufferId, MemoryReport } from "../backend.ts";

/** Idle memory below this is never given back. */
const IDLE_BYTES_KEPT = 64 * 2 ** 20;

/** The most memory in use is looked at over this many trims: about as many training steps or evaluation batches. */
const TRIMS_A_WINDOW = 32;

interface Entry<B> {
  readonly gpu: B;
  readonly size: number;
  /** Bytes that were asked for. */
  bytes: number;
  isUsed: boolean;
  /** The GPU had no memory for it after all: it must not be used again. */
  isMissing: boolean;
  /** What it is used for, or was last. */
  label: string;
}

/** Bytes a buffer really gets: the next of four sizes an octave, at least 256. */
export function roundedSize(bytes: number): number {
  if (bytes <= 256) return 256;
  const quarter = 2 ** (Math.ceil(Math.log2(bytes)) - 3);
  return Math.ceil(bytes / quarter) * quarter;
}

/** Buffers of one kind on one device: GPUBuffer, but for tests. */
export class BufferPool<B extends { destroy(): void }> {
  readonly #entries = new Map<BufferId, Entry<B>>();
  /**
   * By size, the lowest id last: the next to be used. So a training step finds its tensors in the buffers of the step before, and the
   * bind groups that name them stay good; in the order of freeing they would change places without end.
   */
  readonly #idle = new Map<number, BufferId[]>();
  #nextId: BufferId = 1;
  #inUse = 0;
  #buffers = 0;
  #reserved = 0;
  #peak = 0;
  #peakBefore = 0;
  #trims = 0;
  #isShort = false;

  /**
   * @param create makes a GPU buffer of so many bytes, and calls `failed` later where there was no memory for it
   * @param largest bytes that one buffer can hold
   */
  constructor(
    private readonly create: (bytes: number, label: string, failed: () => void) => B,
    private readonly largest: number,
  ) {}

  /** @throws RangeError where `bytes` is more than a buffer can hold */
  allocate(bytes: number, label: string): BufferId {
    if (bytes > this.largest) {
      throw new RangeError(
        `${label}: needs a buffer of ${inMegabytes(bytes)}, but a buffer of this GPU holds at most ${
          inMegabytes(this.largest)
        }; ` +
          `use a smaller batch or model, or the CPU (ATTEND_DEVICE=cpu).`,
      );
    }
    const size = Math.min(roundedSize(bytes), this.largest);
    const id = this.#idle.get(size)?.pop() ?? this.#add(size, label);
    const entry = this.#entry(id);
    entry.isUsed = true;
    entry.label = label;
    entry.bytes = bytes;
    this.#buffers++;
    this.#inUse += size;
    this.#peak = Math.max(this.#peak, this.#inUse);
    return id;
  }

  free(id: BufferId): void {
    const entry = this.#used(id);
    entry.isUsed = false;
    this.#buffers--;
    this.#inUse -= entry.size;
    if (entry.isMissing) {
      this.#destroy(id);
      return;
    }
    const idle = this.#idle.get(entry.size);
    if (idle) insert(idle, id);
    else this.#idle.set(entry.size, [id]);
  }

  /** The GPU's buffer. @throws Error where it was freed */
  get(id: BufferId): B {
    return this.#used(id).gpu;
  }

  /** Bytes that a buffer was asked for. */
  bytes(id: BufferId): number {
    return this.#used(id).bytes;
  }

  /** What a buffer is used for. */
  label(id: BufferId): string {
    return this.#used(id).label;
  }

  /**
   * Destroys idle buffers where far more is held than was in use of late, or all of them where memory has run out. To be called when no
   * recorded command waits for its submit, as a destroyed buffer in it would be an error.
   * @returns whether any was destroyed
   */
  trim(): boolean {
    if (++this.#trims % TRIMS_A_WINDOW === 0) {
      this.#peakBefore = this.#peak;
      this.#peak = this.#inUse;
    }
    const wanted = this.#isShort ? -Infinity : Math.max(this.#peak, this.#peakBefore);
    if (this.#reserved <= 1.5 * wanted + IDLE_BYTES_KEPT) return false;
    this.#isShort = false;
    const sizes = [...this.#idle.keys()].sort((a, b) => b - a);
    for (const size of sizes) {
      const idle = this.#idle.get(size) ?? [];
      while (idle.length > 0 && this.#reserved > wanted + IDLE_BYTES_KEPT / 2) this.#destroy(idle.shift() ?? 0);
      if (idle.length === 0) this.#idle.delete(size);
    }
    return true;
  }

  memory(): MemoryReport {
    return { inUse: this.#inUse, buffers: this.#buffers, reserved: this.#reserved };
  }

  /** Destroys every buffer, in use or not. Those in use may still be freed, which then does nothing more. */
  close(): void {
    for (const { gpu } of this.#entries.values()) gpu.destroy();
    this.#idle.clear();
    this.#reserved = 0;
  }

  #add(size: number, label: string): BufferId {
    const id = this.#nextId++;
    const failed = () => {
      entry.isMissing = this.#isShort = true;
    };
    const gpu = this.create(size, label, failed);
    const entry: Entry<B> = { gpu, size, bytes: size, isUsed: false, isMissing: false, label };
    this.#entries.set(id, entry);
    this.#reserved += size;
    return id;
  }

  #destroy(id: BufferId): void {
    const entry = this.#entry(id);
    entry.gpu.destroy();
    this.#reserved -= entry.size;
    this.#entries.delete(id);
  }

  #entry(id: BufferId): Entry<B> {
    const entry = this.#entries.get(id);
    if (!entry) throw new Error(`webgpu: there is no buffer ${id}; it was freed, or belongs to another device.`);
    return entry;
  }

  #used(id: BufferId): Entry<B> {
    const entry = this.#entry(id);
    if (!entry.isUsed) throw new Error(`webgpu: the buffer of "${entry.label}" is used after it was freed.`);
    return entry;
  }
}

/** Puts an id where it belongs in a list that falls. */
function insert(falling: BufferId[], id: BufferId): void {
  let [low, high] = [0, falling.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falling[middle] > id) low = middle + 1;
    else high = middle;
  }
  falling.splice(low, 0, id);
}

/** 1234567 -> "1.2 MB". */
export function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
