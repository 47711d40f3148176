// What nobody wants to find in a finished file: notes to oneself and code that is commented out.

import { join, relative } from "node:path";
import { ROOT } from "../project.ts";
import { walk } from "./modules.ts";

const FOLDERS = ["lib", "kernels", "tasks", "tests", "bench", "grading", "figures"];
const NOTE = new RegExp(`(//|\\*|#).*\\b(${["TO" + "DO", "FIX" + "ME", "X".repeat(3), "HA" + "CK"].join("|")})\\b`);
const COMMENTED_OUT =
  /^\s*\/\/\s*((const|let|var|return|import|export|await|if|for|while|function|class)\b.*[;{]|[\w.]+\(.*\);|\})$/;

/** `file:line: text` of each leftover. */
export async function findLeftovers(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    for (const end of [".ts", ".wgsl"]) {
      for await (const path of walk(join(ROOT, folder), end)) {
        const lines = (await Deno.readTextFile(path)).split("\n");
        for (const [i, line] of lines.entries()) {
          if (isLeftover(line)) found.push(`${relative(ROOT, path)}:${i + 1}: ${line.trim()}`);
        }
      }
    }
  }
  return found;
}

export function isLeftover(line: string): boolean {
  return NOTE.test(line) || COMMENTED_OUT.test(line);
}
