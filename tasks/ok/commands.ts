// The parts of `deno task ok` that Deno itself, or another task, does.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../project.ts";

export interface Said {
  success: boolean;
  /** stdout and stderr together. */
  text: string;
}

/** Runs Deno in the project's root, in plain text. */
export async function deno(args: string[], cwd = ROOT): Promise<Said> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  })
    .output();
  const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  return { success, text };
}

/** What a Deno command complains about, without the noise around it. */
export async function commandPart(args: string[]): Promise<string[]> {
  const { success, text } = await deno(args);
  return success ? [] : [withoutNoise(text)];
}

/** The files that `deno fmt` would change. */
export async function formatPart(): Promise<string[]> {
  const { success, text } = await deno(["fmt", "--check"]);
  if (success) return [];
  const files = Array.from(
    withoutNoise(text).matchAll(/^from (.*):$/gm),
    ([, file]) => `${file}: not formatted; \`deno fmt\` mends it`,
  );
  return files.length > 0 ? files.sort() : [withoutNoise(text)];
}

/** Builds the CPU kernels again and compares them with the committed ones. */
export function kernelsPart(): Promise<string[]> {
  return commandPart(["task", "--quiet", "kernels", "--check"]);
}

/** Those of the project's folders that are there. */
export async function existing(folders: string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map((folder) => Deno.stat(join(ROOT, folder)).then(() => [folder], () => [])),
  );
  return found.flat();
}

/** The lines that say something, with paths from the project's root. */
export function withoutNoise(text: string): string {
  const noise = /^(Check |Download |Checked |\s*$|Stack backtrace:| +0: <unknown>)/;
  const lines = text.split("\n").filter((line) => !noise.test(line));
  return lines.join("\n").replaceAll(`${pathToFileURL(ROOT)}`, "").replaceAll(ROOT, "");
}
