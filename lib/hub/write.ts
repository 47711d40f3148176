// Files are written beside their place and renamed, so that a reader sees the old content or the new, never half of it.

import { dirname, join } from "node:path";

/** Writes `content` to `path`, making its folder. @throws Error naming the path where it cannot be written */
export async function writeFile(path: string, content: Uint8Array<ArrayBuffer> | string): Promise<void> {
  const beside = join(dirname(path), `.${crypto.randomUUID()}.incomplete`);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await (typeof content === "string" ? Deno.writeTextFile(beside, content) : Deno.writeFile(beside, content));
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw new Error(`${path} could not be written: ${error instanceof Error ? error.message : error}.`, {
      cause: error,
    });
  }
}
