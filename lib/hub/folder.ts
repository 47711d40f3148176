// A model or a data set is a folder: on this disk, shipped with the kit, or on the hub. Tokenizers, models and data read through this.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "./cache.ts";
import { embeddedFolder, isEmbeddedName } from "./embedded.ts";
import { HubError } from "./errors.ts";
import type { RepoType } from "./repo.ts";
import { type HubOptions, openSnapshot, type Snapshot } from "./snapshot.ts";

export interface Folder {
  /** The reference it was opened by, for messages. */
  readonly name: string;
  /** The paths of all files, sorted, with `/` between folders. */
  list(): Promise<string[]>;
  has(path: string): Promise<boolean>;
  /** The local path of a file, downloaded first where it is on the hub; undefined where there is none. */
  locate(path: string): Promise<string | undefined>;
  /** The content of a file; undefined where there is none. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/**
 * Opens what a reference means: an `attend/…` name, else a folder that is there, else a name on the hub.
 * @throws RangeError for a path without a folder and for an unknown `attend/…` name; HubError as `openSnapshot` does
 */
export async function openFolder(type: RepoType, reference: string, options: HubOptions = {}): Promise<Folder> {
  if (isEmbeddedName(reference)) return localFolder(reference, fileURLToPath(embeddedFolder(type, reference)));
  if (await entryAt(reference) === "folder") return localFolder(reference, reference);
  if (/^[.~/\\]|^[a-zA-Z]:|\\|\/.*\/|\/$/.test(reference)) {
    throw new RangeError(
      `There is no folder "${reference}"; check the path, which is seen from the working directory.`,
    );
  }
  try {
    return hubFolder(reference, await openSnapshot(type, reference, options));
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== "no-repository" || reference.includes("/")) throw error;
    throw new HubError("no-repository", `"${reference}" is no folder here. ${error.message}`, { cause: error });
  }
}

/** A folder of this disk. */
function localFolder(name: string, root: string): Folder {
  const has = async (path: string) => await entryAt(join(root, path)) === "file";
  return {
    name,
    has,
    list: () => filesBelow(root),
    locate: async (path) => await has(path) ? join(root, path) : undefined,
    read: async (path) => await has(path) ? await Deno.readFile(join(root, path)) : undefined,
  };
}

/** One commit of a repository of the hub. */
function hubFolder(name: string, snapshot: Snapshot): Folder {
  const has = async (path: string) => snapshot.tree?.has(path) ?? (await snapshot.paths()).includes(path);
  return {
    name,
    has,
    list: () => snapshot.paths(),
    locate: async (path) => await has(path) ? await snapshot.locate(path) : undefined,
    read: async (path) => await has(path) ? await Deno.readFile(await snapshot.locate(path)) : undefined,
  };
}

/** What is at a path, through links; undefined where nothing is or reading is denied. */
async function entryAt(path: string): Promise<"file" | "folder" | undefined> {
  try {
    return (await Deno.stat(path)).isDirectory ? "folder" : "file";
  } catch {
    return undefined;
  }
}
