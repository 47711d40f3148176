// Tests that need the material beside the project (../shared): they run where it is, and are reported as ignored, by name, where not.

import { fileURLToPath } from "node:url";

const root = new URL("../../shared/", import.meta.url);

/** The path of a file or folder of ../shared. */
export function sharedPath(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** True where ../shared is beside the project. */
export const hasShared: boolean = isThere(root);

/** `Deno.test` for what needs ../shared. */
export function sharedTest(name: string, fn: (t: Deno.TestContext) => void | Promise<void>): void {
  Deno.test({ name, fn, ignore: !hasShared });
}

function isThere(url: URL): boolean {
  try {
    return Deno.statSync(url).isDirectory;
  } catch {
    return false;
  }
}
