// What names a repository of the hub.

/** The two kinds of repository that this library reads. */
export type RepoType = "model" | "dataset";

/** A repository of the hub. */
export interface Repo {
  readonly type: RepoType;
  /** `organisation/name`. */
  readonly name: string;
  /** The access token that asks for it; without one that of the environment, and none where it is false. */
  readonly token?: string | false;
}

/** `dataset "nyu-mll/glue"`, for messages. */
export function named(repo: Repo): string {
  return `${repo.type} "${repo.name}"`;
}

/** The path of its pages under the hub's address. */
export function pageOf(repo: Repo): string {
  return `${repo.type === "dataset" ? "datasets/" : ""}${repo.name}`;
}
