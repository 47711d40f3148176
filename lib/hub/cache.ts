// The cache on disk, in the layout of Python's huggingface_hub, so that each finds what the other has downloaded:
//
//   models--org--name/
//     refs/main                          the commit that a revision was when last asked
//     trees/<commit>.json                the files of a commit: sizes and hashes (huggingface_hub 2)
//     blobs/<hash>                       contents, by SHA-256 (large files) or git's SHA-1; <hash>.incomplete while under way
//     snapshots/<commit>/config.json     links into blobs
//   .locks/models--org--name/<hash>.lock
//
// This file knows paths and formats; it decides nothing and asks nobody.

import { dirname, join, relative } from "node:path";
import { hubCacheFolder } from "./environment.ts";
import { HubError } from "./errors.ts";
import { named, type Repo } from "./repo.ts";
import { writeFile } from "./write.ts";

/** A file of a commit, as the hub lists it. */
export interface HubFile {
  readonly size: number;
  /** SHA-1 of git's blob; for a large file that of its pointer. */
  readonly gitSha1: string;
  /** SHA-256 of a large file's content. */
  readonly sha256?: string;
  readonly xetHash?: string;
}

/** The files of one commit by path. */
export type Tree = ReadonlyMap<string, HubFile>;

/** The name of a file's blob, which is the ETag that the hub gives it. */
export function blobName(file: HubFile): string {
  return file.sha256 ?? file.gitSha1;
}

/** True for a whole commit hash. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/** The cached part of one repository. */
export class RepoCache {
  readonly repo: Repo;
  readonly folder: string;
  readonly #root: string;
  readonly #folderName: string;

  constructor(repo: Repo) {
    this.repo = repo;
    this.#root = hubCacheFolder();
    this.#folderName = `${repo.type}s--${repo.name.replaceAll("/", "--")}`;
    this.folder = join(this.#root, this.#folderName);
  }

  blob(file: HubFile): string {
    return join(this.folder, "blobs", blobName(file));
  }

  /** Where a file of a commit lies. @throws HubError for a path that would leave the repository's folder */
  pointer(commit: string, path: string): string {
    if (path.split(/[/\\]/).includes("..") || /^[/\\]|^[a-zA-Z]:|\\/.test(path)) {
      throw new HubError("no-file", `"${path}" is no path inside ${named(this.repo)}.`);
    }
    return join(this.folder, "snapshots", commit, path);
  }

  /** The commit that a branch or tag was when last asked. */
  async commitOf(revision: string): Promise<string | undefined> {
    const text = await readIfThere(join(this.folder, "refs", revision));
    return text && isCommit(text.trim()) ? text.trim() : undefined;
  }

  /** Keeps the commit of a revision; a cache that cannot be written is no error here, only asked again. */
  async rememberCommit(revision: string, commit: string): Promise<void> {
    if (await this.commitOf(revision) !== commit) {
      await writeFile(join(this.folder, "refs", revision), commit).catch(() => {});
    }
  }

  /** The kept listing of a commit; undefined where there is none that can be read. */
  async tree(commit: string): Promise<Tree | undefined> {
    const text = await readIfThere(join(this.folder, "trees", `${commit}.json`));
    return text === undefined ? undefined : parseTree(text);
  }

  /** Keeps the listing of a commit; a cache that cannot be written is no error here. */
  async rememberTree(commit: string, tree: Tree): Promise<void> {
    const files = Object.fromEntries(
      [...tree].map(([path, file]) => [path, {
        size: file.size,
        blob_id: file.gitSha1,
        ...(file.sha256 && { lfs_sha256: file.sha256, lfs_size: file.size }),
        ...(file.xetHash && { xet_hash: file.xetHash }),
      }]),
    );
    const text = JSON.stringify({ format_version: 1, files }, null, 1);
    await writeFile(join(this.folder, "trees", `${commit}.json`), text).catch(() => {});
  }

  /** The files of a commit that are here, for caches filled without a listing. */
  async snapshotPaths(commit: string): Promise<string[]> {
    return await filesBelow(join(this.folder, "snapshots", commit)).catch(() => []);
  }

  /** Points a commit's path at its blob; where links are not to be had (Windows, few rights) the file is copied. */
  async link(commit: string, path: string, file: HubFile): Promise<string> {
    const pointer = this.pointer(commit, path);
    const beside = `${pointer}.${crypto.randomUUID().slice(0, 8)}.link`;
    await Deno.mkdir(dirname(pointer), { recursive: true });
    try {
      await Deno.symlink(relative(dirname(pointer), this.blob(file)), beside, { type: "file" });
    } catch {
      await Deno.copyFile(this.blob(file), beside);
    }
    await Deno.rename(beside, pointer);
    return pointer;
  }

  /** Runs `work` while no other process, Python's client included, downloads the same blob. */
  async locked<T>(file: HubFile, work: () => Promise<T>): Promise<T> {
    const path = join(this.#root, ".locks", this.#folderName, `${blobName(file)}.lock`);
    await Deno.mkdir(dirname(path), { recursive: true });
    using handle = await Deno.open(path, { create: true, write: true });
    // a file system without locks: what is downloaded is proved by its hash in any case
    await handle.lock(true).catch(() => {});
    return await work();
  }
}

/** The paths of all files below a folder, sorted, with `/` between folders. */
export async function filesBelow(root: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(root, prefix))) {
    const path = prefix + entry.name;
    if (entry.isDirectory) found.push(...await filesBelow(root, `${path}/`));
    else found.push(path);
  }
  return found.sort();
}

/** The size of the file at a path, through links; undefined where none can be read. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const { isFile, size } = await Deno.stat(path);
    return isFile ? size : undefined;
  } catch {
    return undefined;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch {
    return undefined;
  }
}

function parseTree(text: string): Tree | undefined {
  try {
    const { format_version, files } = JSON.parse(text);
    if (format_version !== 1) return undefined;
    const entries = Object.entries<{ size: number; blob_id: string; lfs_sha256?: string; xet_hash?: string }>(files);
    return new Map(entries.map(([path, { size, blob_id, lfs_sha256, xet_hash }]) => [
      path,
      { size, gitSha1: blob_id, sha256: lfs_sha256, xetHash: xet_hash },
    ]));
  } catch {
    return undefined;
  }
}
