// Files are written beside their place and renamed, so that a reader sees the old content or the new, never half of it.

import { dirname, join } from "node:path";

/** What a file is to hold; pieces are written as they come, so that a large file never lies in memory as a whole. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;

/** Writes `content` to `path`, making its folder. @throws Error naming the path where it cannot be written */
export async function writeFile(path: string, content: FileContent): Promise<void> {
  const beside = join(dirname(path), `.${crypto.randomUUID()}.incomplete`);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await writeAt(beside, content);
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw new Error(`${path} could not be written: ${error instanceof Error ? error.message : error}.`, {
      cause: error,
    });
  }
}

async function writeAt(path: string, content: FileContent): Promise<void> {
  if (typeof content === "string") return await Deno.writeTextFile(path, content);
  if (content instanceof Uint8Array) return await Deno.writeFile(path, content);
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for await (const piece of content) {
    for (let at = 0; at < piece.length;) at += await file.write(piece.subarray(at));
  }
}

/** Removes those of a folder's files whose name is obsolete. */
export async function removeFiles(folder: string, isObsolete: (name: string) => boolean): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && isObsolete(name)) await Deno.remove(join(folder, name));
  }
}
