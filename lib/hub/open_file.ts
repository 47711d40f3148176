// A local file read in pieces, for what is too large to be held at once.

/** Bytes that can be read anywhere: a file that is open, or one that lies in memory. */
export interface ByteSource {
  /** For messages. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` on, in memory of their own. @throws RangeError where they reach past the end */
  read(start: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** An open file; close it when done. Its pieces are read one after the other, never two at once. */
export interface OpenFile extends ByteSource, Disposable {}

/** Opens a file of this disk. @param name how messages call it */
export async function openFile(path: string, name: string): Promise<OpenFile> {
  const file = await Deno.open(path);
  const { size } = await file.stat();
  return {
    name,
    size,
    async read(start, length) {
      assertInside(name, size, start, length);
      const bytes = new Uint8Array(length);
      await file.seek(start, Deno.SeekMode.Start);
      for (let at = 0; at < length;) {
        const count = await file.read(bytes.subarray(at));
        if (count === null) throw new RangeError(`${name} became shorter while it was read; try again.`);
        at += count;
      }
      return bytes;
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/** A file that lies in memory. */
export function bytesSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    // the wrapper makes what is thrown a rejection, as with a real file
    read: (start, length) =>
      Promise.try(() => {
        assertInside(name, bytes.length, start, length);
        return bytes.slice(start, start + length);
      }),
  };
}

function assertInside(name: string, size: number, start: number, length: number): void {
  if (start >= 0 && length >= 0 && start + length <= size) return;
  throw new RangeError(`${name} has ${size} bytes, but ${length} are looked for at ${start}; the file is damaged.`);
}
