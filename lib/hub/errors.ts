// What can go wrong between a repository's name and its file, each in one sentence that says what to do.

import { embeddedNames } from "./embedded.ts";
import { named, pageOf, type Repo } from "./repo.ts";

/** Which sentence a HubError is. */
export type HubErrorCode =
  | "unreachable"
  | "offline"
  | "no-repository"
  | "no-revision"
  | "no-file"
  | "denied"
  | "refused"
  | "damaged"
  | "unwritable";

export class HubError extends Error {
  override readonly name = "HubError";

  constructor(readonly code: HubErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** No answer at all: no network, no such host, a denied right. */
export function unreachable(repo: Repo, endpoint: string, cause: unknown): HubError {
  const reason = cause instanceof Error ? cause.message.split("\n")[0].replace(/\.$/, "") : String(cause);
  const embedded = embeddedNames(repo.type).at(0);
  return new HubError(
    "unreachable",
    `${
      named(repo)
    } could not be asked for at ${endpoint} (${reason}); connect to the network, set HF_ENDPOINT to a mirror` +
      (embedded ? `, or use what needs no network, such as "${embedded}".` : "."),
    { cause },
  );
}

/** What was downloaded could not be kept: a full disk, a folder that may not be written. */
export function unwritable(repo: Repo, path: string, cache: string, cause: unknown): HubError {
  const reason = cause instanceof Error ? cause.message.split("\n")[0].replace(/\.$/, "") : String(cause);
  return new HubError(
    "unwritable",
    `"${path}" of ${named(repo)} could not be kept in the cache ${cache} (${reason}); ` +
      `free some space, or set HF_HOME to a folder that can be written.`,
    { cause },
  );
}

/** HF_HUB_OFFLINE is set and the cache lacks what was asked for. */
export function offline(repo: Repo, what: string, cache: string): HubError {
  return new HubError(
    "offline",
    `${what} of ${
      named(repo)
    } is not whole in the cache ${cache} and HF_HUB_OFFLINE is set; unset it once to download it.`,
  );
}

/** The sentence for an answer that is not the file: a status of 400 or more. Consumes the body. */
export async function refusal(repo: Repo, response: Response, endpoint: string, hasToken: boolean): Promise<HubError> {
  const { status } = response;
  const code = response.headers.get("x-error-code");
  const message = response.headers.get("x-error-message") ?? (await response.text().catch(() => "")).slice(0, 200);
  if (code === "GatedRepo") {
    const page = `${endpoint}/${pageOf(repo)}`;
    return new HubError(
      "denied",
      hasToken
        ? `${named(repo)} is gated and your token's account is not on its list; accept its terms on ${page}.`
        : `${named(repo)} is gated; accept its terms on ${page} and set HF_TOKEN to a token of that account.`,
    );
  }
  if (code === "RevisionNotFound") {
    return new HubError(
      "no-revision",
      `${named(repo)} has no such revision (${message}); use "main", a tag or a commit.`,
    );
  }
  if (code === "EntryNotFound") return new HubError("no-file", `${named(repo)} lacks that file (${message}).`);
  if (code === "RepoNotFound" || status === 404) {
    return new HubError(
      "no-repository",
      `There is no ${named(repo)} at ${endpoint}${hasToken ? " that your token may see" : ""}; check the name` +
        (hasToken ? "." : ", or set HF_TOKEN if it is private."),
    );
  }
  if (status === 401 || status === 403) {
    return new HubError(
      "denied",
      `${endpoint} refuses ${named(repo)} (${status}: ${message}); ` +
        (hasToken ? "check that HF_TOKEN, or the saved token, is valid." : "set HF_TOKEN to your access token."),
    );
  }
  const advice = status === 429 ? "wait some minutes, or set HF_TOKEN for a higher limit" : "try again later";
  return new HubError("refused", `${endpoint} answers ${status} for ${named(repo)} (${message}); ${advice}.`);
}
