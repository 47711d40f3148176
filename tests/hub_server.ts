// The local hub of ../shared/hub as a child process, with a cache of its own: tests ask it as a user asks the real one, by environment
// variables. These belong to the whole process, so such tests run one after another.

import { sharedPath } from "./shared.ts";

/** What the server counts; its README.md says more. */
export interface HubStats {
  readonly requests: number;
  readonly bytes: number;
  readonly ranges: number;
  readonly failed: number;
  readonly cut: number;
  readonly authorizationAtCdn: number;
  readonly statuses: Readonly<Record<string, number>>;
}

export interface LocalHub {
  readonly url: string;
  /** HF_HOME of this test, empty at its start. */
  readonly home: string;
  stats(): Promise<HubStats>;
  /** Sets the counters and the faults back to the start. */
  reset(): Promise<void>;
}

const VARIABLES = ["HF_ENDPOINT", "HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_TOKEN", "HF_TOKEN_PATH"]
  .concat("HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE");

/** Runs `test` with a fresh server, started with the given options (`--gzip`, `--cut-after 1000` …), and a fresh HF_HOME. */
export async function withHub(options: string, test: (hub: LocalHub) => Promise<void>): Promise<void> {
  const args = ["run", "-A", "--no-config", sharedPath("hub/serve.ts"), ...options.split(" ").filter(Boolean)];
  await using server = new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "inherit" }).spawn();
  const lines = server.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("\n")) {
    const { value, done } = await lines.read();
    if (done) throw new Error(`The local hub ended before it was ready (options "${options}").`);
    said += value;
  }
  await lines.cancel();
  const url = said.trim().replace("HF_ENDPOINT=", "");
  const ask = async (path: string, method = "GET") => await (await fetch(url + path, { method })).json();
  await withHome(async (home) => {
    Deno.env.set("HF_ENDPOINT", url);
    await test({ url, home, stats: () => ask("/__stats"), reset: () => ask("/__reset", "POST") });
  });
}

/** Runs `test` with an empty HF_HOME and no other variable of the hub; all are put back afterwards. */
export async function withHome(test: (home: string) => Promise<void>): Promise<void> {
  const before = VARIABLES.map((name) => [name, Deno.env.get(name)] as const);
  const home = await Deno.makeTempDir({ prefix: "hf_home_" });
  for (const name of VARIABLES) Deno.env.delete(name);
  Deno.env.set("HF_HOME", home);
  try {
    await test(home);
  } finally {
    for (const [name, value] of before) value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
    await Deno.remove(home, { recursive: true });
  }
}
