// Where the hub is, where its files are kept and who asks: the environment variables of Python's huggingface_hub, read anew at each
// call. A variable, folder or file whose reading is denied counts as unset: library code also runs with no rights at all.

import { join } from "node:path";
import { readEnvironment } from "../environment.ts";

const isTrue = (value: string | undefined): boolean => /^(1|on|yes|true)$/i.test(value ?? "");

/** The hub's address without a slash at its end: HF_ENDPOINT or https://huggingface.co. @throws RangeError unless it is a web address */
export function hubEndpoint(): string {
  const endpoint = (readEnvironment("HF_ENDPOINT") ?? "https://huggingface.co").replace(/\/+$/, "");
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) {
    throw new RangeError(`HF_ENDPOINT is "${endpoint}"; it must be a web address such as https://huggingface.co.`);
  }
  return endpoint;
}

/** True where HF_HUB_OFFLINE (or TRANSFORMERS_OFFLINE) forbids every request. */
export function isHubOffline(): boolean {
  return isTrue(readEnvironment("HF_HUB_OFFLINE") ?? readEnvironment("TRANSFORMERS_OFFLINE"));
}

/** The folder of the cache: HF_HUB_CACHE, or `hub` in HF_HOME. */
export function hubCacheFolder(): string {
  return withHome(
    readEnvironment("HF_HUB_CACHE") ?? readEnvironment("HUGGINGFACE_HUB_CACHE") ?? join(huggingFaceHome(), "hub"),
  );
}

/** Where made data is kept: HF_DATASETS_CACHE, or `datasets` in HF_HOME. @throws Error where there is no home folder */
export function datasetsCacheFolder(): string {
  return withHome(readEnvironment("HF_DATASETS_CACHE") ?? join(huggingFaceHome(), "datasets"));
}

/** The access token: HF_TOKEN, or the content of the file that `hf auth login` writes. */
export function hubToken(): string | undefined {
  const token = readEnvironment("HF_TOKEN") ?? readEnvironment("HUGGING_FACE_HUB_TOKEN");
  return (token ?? savedToken())?.trim() || undefined;
}

function savedToken(): string | undefined {
  try {
    return Deno.readTextFileSync(withHome(readEnvironment("HF_TOKEN_PATH") ?? join(huggingFaceHome(), "token")));
  } catch {
    return undefined;
  }
}

function huggingFaceHome(): string {
  return withHome(
    readEnvironment("HF_HOME") ?? join(readEnvironment("XDG_CACHE_HOME") ?? join("~", ".cache"), "huggingface"),
  );
}

/** The path with `~` replaced by the home folder. @throws Error where there is none */
function withHome(path: string): string {
  if (!/^~([/\\]|$)/.test(path)) return path;
  const home = readEnvironment("HOME") ?? readEnvironment("USERPROFILE");
  if (!home) {
    throw new Error("The hub's cache has no place: neither HF_HOME nor HOME is set; set HF_HOME to a folder of yours.");
  }
  return join(home, path.slice(1));
}
