// One file from the hub to its blob: into `.incomplete`, going on where an earlier attempt was cut, proved by its hash, then renamed.

import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { blobName, type HubFile, sizeOf } from "./cache.ts";
import { HubError, unreachable } from "./errors.ts";
import { hubFetch, pause, pauseAfter, SILENCE_MS } from "./fetch.ts";
import { named, type Repo } from "./repo.ts";

/** What is downloaded and to where. */
export interface Download {
  readonly repo: Repo;
  readonly path: string;
  readonly url: string;
  readonly file: HubFile;
  readonly blob: string;
  /** Told the bytes on disk at the start and after each piece. */
  readonly onBytes?: (bytes: number) => void;
}

/** @throws HubError where the hub refuses, the connection stays cut, or what comes is twice not what the hub lists */
export async function downloadBlob(download: Download): Promise<void> {
  const { repo, path, file, blob } = download;
  const incomplete = `${blob}.incomplete`;
  await Deno.mkdir(dirname(blob), { recursive: true });
  // what an earlier, cut download left may be wrong: then everything is fetched anew, once
  for (let attempt = 0; attempt < 2; attempt++) {
    await fillUp(download, incomplete);
    if (await hashOf(incomplete, file) === blobName(file)) {
      await Deno.rename(incomplete, blob);
      return;
    }
    await Deno.remove(incomplete);
  }
  throw new HubError("damaged", `"${path}" of ${named(repo)} arrives damaged (its hash is wrong); try again later.`);
}

/**
 * Fetches what `incomplete` lacks. A cut costs a try, and so does a network that is gone after it; a try that brought bytes starts the
 * count anew.
 */
async function fillUp(download: Download, incomplete: string): Promise<void> {
  const { repo, url, file, onBytes } = download;
  let have = await sizeOf(incomplete) ?? 0;
  if (have > file.size) have = 0;
  for (let tries = 0, wasCut = false;;) {
    onBytes?.(have);
    try {
      await fetchFrom(download, incomplete, have);
      return;
    } catch (error) {
      const isCut = error instanceof Cut;
      const isGone = wasCut && error instanceof HubError && error.code === "unreachable";
      if (!isCut && !isGone) throw error;
      wasCut = true;
      tries = isCut && error.bytes > have ? 0 : tries + 1;
      if (isCut) have = error.bytes;
      const wait = pauseAfter(tries);
      if (wait === undefined) throw unreachable(repo, new URL(url).origin, error.cause);
      await pause(wait);
    }
  }
}

/** The connection broke with `bytes` on the disk. */
class Cut extends Error {
  constructor(readonly bytes: number, cause: unknown) {
    super("the connection was cut", { cause });
  }
}

/** Appends the bytes from `start` on, to the end. @throws Cut where the connection breaks */
async function fetchFrom({ repo, url, file, onBytes }: Download, incomplete: string, start: number): Promise<void> {
  if (start === file.size && start > 0) return;
  const silence = new AbortController();
  // bytes as they are: a packed body has no ranges and no length
  const headers = { "accept-encoding": "identity", ...(start > 0 && { range: `bytes=${start}-` }) };
  const response = await hubFetch(repo, url, { headers, signal: silence.signal });
  let bytes = response.status === 206 ? start : 0;
  using handle = await Deno.open(incomplete, { create: true, write: true, truncate: bytes === 0, append: bytes > 0 });
  const hush = () => setTimeout(() => silence.abort(new Error(`silent for ${SILENCE_MS / 1000} s`)), SILENCE_MS);
  let timer = hush();
  const pieces = (response.body ?? new ReadableStream<Uint8Array>({ start: (c) => c.close() })).getReader();
  try {
    while (true) {
      const piece = await pieces.read().catch((error) => Promise.reject(new Cut(bytes, error)));
      if (piece.done) break;
      await writeAll(handle, piece.value);
      bytes += piece.value.length;
      onBytes?.(Math.min(bytes, file.size));
      clearTimeout(timer);
      timer = hush();
    }
  } finally {
    clearTimeout(timer);
    await pieces.cancel().catch(() => {});
  }
  if (bytes < file.size) throw new Cut(bytes, new Error(`the connection ended at ${bytes} of ${file.size} bytes`));
}

async function writeAll(handle: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await handle.write(bytes.subarray(at));
}

/** A large file's SHA-256, a small one's git blob SHA-1 (over "blob <size>\0" and the content). */
async function hashOf(path: string, file: HubFile): Promise<string> {
  const hash = createHash(file.sha256 ? "sha256" : "sha1");
  if (!file.sha256) hash.update(`blob ${await sizeOf(path)}\0`);
  using handle = await Deno.open(path);
  for await (const piece of handle.readable) hash.update(piece);
  return hash.digest("hex");
}
