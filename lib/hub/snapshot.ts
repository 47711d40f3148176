// A repository at one commit: which files it has, and where each lies on this machine. What the cache knows is not asked again, so a
// pinned revision that is cached costs no request at all.
//
// Information and listings come through npm:@huggingface/hub. Its downloadFileToCacheDir is not used: it names a snapshot after the
// file's last commit instead of the revision's (Python then finds nothing), writes no refs, checks no hash and starts cut files anew.

import { datasetInfo, listFiles, modelInfo } from "@huggingface/hub";
import { type HubFile, isCommit, RepoCache, sizeOf, type Tree } from "./cache.ts";
import { downloadBlob } from "./download.ts";
import { hubEndpoint, isHubOffline } from "./environment.ts";
import { HubError, offline, unwritable } from "./errors.ts";
import { hubFetch } from "./fetch.ts";
import { presentRepo } from "./names.ts";
import { downloadListener, type ProgressListener } from "./progress.ts";
import { named, pageOf, type Repo, type RepoType } from "./repo.ts";

export interface HubOptions {
  /** A branch, a tag or a commit; default "main". */
  readonly revision?: string;
  /** The access token, instead of HF_TOKEN or the saved one; false asks without any. */
  readonly token?: string | false;
  /** Hears of each file that is downloaded. */
  readonly onProgress?: ProgressListener;
}

/** One commit of a repository. */
export class Snapshot {
  /** `tree` is undefined where only a cache filled by another program, without a listing, can be read. */
  constructor(
    readonly cache: RepoCache,
    readonly commit: string,
    readonly tree: Tree | undefined,
    readonly onProgress: ProgressListener | undefined,
  ) {}

  get repo(): Repo {
    return this.cache.repo;
  }

  /** The paths of all its files; without a listing those in the cache. */
  async paths(): Promise<string[]> {
    return this.tree ? [...this.tree.keys()].sort() : await this.cache.snapshotPaths(this.commit);
  }

  /**
   * The local path of a file, downloaded where it is not cached or its size shows that it is damaged.
   * @throws HubError where there is no such file, no network, no right to it, or no place to keep it
   */
  async locate(path: string): Promise<string> {
    const pointer = this.cache.pointer(this.commit, path);
    const size = await sizeOf(pointer);
    if (!this.tree && size !== undefined) return pointer;
    if (!this.tree) throw offline(this.repo, `"${path}"`, this.cache.folder);
    const file = this.tree.get(path);
    if (!file) throw this.#noFile(path);
    if (size === file.size) return pointer;
    try {
      if (await sizeOf(this.cache.blob(file)) !== file.size) await this.#download(path, file);
      return await this.cache.link(this.commit, path, file);
    } catch (error) {
      throw error instanceof HubError ? error : unwritable(this.repo, path, this.cache.folder, error);
    }
  }

  async #download(path: string, file: HubFile): Promise<void> {
    if (isHubOffline()) throw offline(this.repo, `"${path}"`, this.cache.folder);
    const { repo, cache, commit } = this;
    const onProgress = this.onProgress ?? downloadListener();
    await cache.locked(file, async () => {
      const blob = cache.blob(file);
      // another process may have brought it while this one waited
      if (await sizeOf(blob) === file.size) return;
      await Deno.remove(blob).catch(() => {});
      await downloadBlob({
        repo,
        path,
        file,
        blob,
        url: `${hubEndpoint()}/${pageOf(repo)}/resolve/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`,
        onBytes: (bytes) => onProgress?.({ repo: repo.name, path, bytes, total: file.size }),
      });
    });
  }

  #noFile(path: string): HubError {
    const paths = [...(this.tree?.keys() ?? [])].filter((known) => known !== ".gitattributes").sort();
    const some = paths.length > 8 ? [...paths.slice(0, 8), "…"] : paths;
    return new HubError("no-file", `${named(this.repo)} has no file "${path}"; it has ${some.join(", ") || "none"}.`);
  }
}

/**
 * Opens a repository: two requests (its commit, its files), none where the revision is a commit whose listing is cached.
 * Without a network the commit that the revision last was is taken from the cache, as Python's client does.
 * @throws HubError where there is no such repository or revision, or neither a network nor a cached commit
 */
export async function openSnapshot(type: RepoType, name: string, options: HubOptions = {}): Promise<Snapshot> {
  const revision = options.revision ?? "main";
  const cache = new RepoCache({ ...presentRepo(type, name), token: options.token });
  try {
    const commit = isCommit(revision) ? revision : await askCommit(cache, revision);
    const tree = await cache.tree(commit) ?? await askTree(cache, commit);
    return new Snapshot(cache, commit, tree, options.onProgress);
  } catch (error) {
    if (!(error instanceof HubError) || (error.code !== "unreachable" && error.code !== "offline")) throw error;
    const commit = isCommit(revision) ? revision : await cache.commitOf(revision);
    if (commit === undefined) throw error;
    const snapshot = new Snapshot(cache, commit, await cache.tree(commit), options.onProgress);
    if (!snapshot.tree && (await snapshot.paths()).length === 0) throw error;
    return snapshot;
  }
}

/** The local path of one file of the hub, downloaded if need be. @throws HubError as `Snapshot.locate` does */
export async function resolveFile(
  options: HubOptions & { readonly repo: string; readonly type: RepoType; readonly path: string },
): Promise<string> {
  const snapshot = await openSnapshot(options.type, options.repo, options);
  return await snapshot.locate(options.path);
}

/** The paths of all files of a repository. @throws HubError as `openSnapshot` does */
export async function listRepoFiles(
  options: HubOptions & { readonly repo: string; readonly type: RepoType },
): Promise<string[]> {
  const snapshot = await openSnapshot(options.type, options.repo, options);
  return await snapshot.paths();
}

async function askCommit(cache: RepoCache, revision: string): Promise<string> {
  const { repo } = cache;
  if (isHubOffline()) throw offline(repo, `revision "${revision}"`, cache.folder);
  const asked = { name: repo.name, revision, hubUrl: hubEndpoint(), fetch: fetchFor(repo) };
  const { sha } = repo.type === "dataset"
    ? await datasetInfo({ ...asked, additionalFields: ["sha"] })
    : await modelInfo({ ...asked, additionalFields: ["sha"] });
  if (!isCommit(sha)) {
    throw new HubError("refused", `${asked.hubUrl} does not answer as a hub (commit ${sha}); check HF_ENDPOINT.`);
  }
  await cache.rememberCommit(revision, sha);
  return sha;
}

async function askTree(cache: RepoCache, commit: string): Promise<Tree> {
  const { repo } = cache;
  if (isHubOffline()) throw offline(repo, `the list of files`, cache.folder);
  const tree = new Map<string, HubFile>();
  const entries = listFiles({ repo, revision: commit, recursive: true, hubUrl: hubEndpoint(), fetch: fetchFor(repo) });
  for await (const { type, path, size, oid, lfs, xetHash } of entries) {
    if (type === "file" && oid) tree.set(path, { size: lfs?.size ?? size, gitSha1: oid, sha256: lfs?.oid, xetHash });
  }
  await cache.rememberTree(commit, tree);
  return tree;
}

/** npm:@huggingface/hub asks through our fetch: it retries, keeps the token home and explains failures. */
function fetchFor(repo: Repo): typeof fetch {
  return (input, init) => hubFetch(repo, input instanceof Request ? input.url : input, init);
}
