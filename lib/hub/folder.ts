// A model or a data set is a folder: on this disk, shipped with the kit, or on the hub. Tokenizers, models and data read through this.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "./cache.ts";
import { embeddedFolder, isEmbeddedName } from "./embedded.ts";
import { HubError } from "./errors.ts";
import { type OpenFile, openFile } from "./open_file.ts";
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
  /** Opens a file to be read in pieces; undefined where there is none. */
  open(path: string): Promise<OpenFile | undefined>;
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
  return folderOf(name, {
    has: async (path) => await entryAt(join(root, path)) === "file",
    list: () => filesBelow(root),
    pathOf: (path) => Promise.resolve(join(root, path)),
  });
}

/** One commit of a repository of the hub. */
function hubFolder(name: string, snapshot: Snapshot): Folder {
  return folderOf(name, {
    has: async (path) => snapshot.tree?.has(path) ?? (await snapshot.paths()).includes(path),
    list: () => snapshot.paths(),
    pathOf: (path) => snapshot.locate(path),
  });
}

/** `pathOf` gives the local path of a file that is there. */
function folderOf(
  name: string,
  { has, list, pathOf }: Pick<Folder, "has" | "list"> & { pathOf(path: string): Promise<string> },
): Folder {
  const locate = async (path: string) => await has(path) ? await pathOf(path) : undefined;
  return {
    name,
    has,
    list,
    locate,
    async read(path) {
      const file = await locate(path);
      return file === undefined ? undefined : await Deno.readFile(file);
    },
    async open(path) {
      const file = await locate(path);
      return file === undefined ? undefined : await openFile(file, `${name}/${path}`);
    },
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
