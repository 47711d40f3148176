import { fileURLToPath } from "node:url";

/** Runs a script that imports the library in a process of its own, as the choice is made once a process. */
export async function run(
  script: string,
  env: Record<string, string>,
): Promise<{ ok: boolean; out: string; error: string }> {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    cwd: root,
    env,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { ok: success, out: text(stdout), error: text(stderr) };
}
