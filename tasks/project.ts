// Where the project lies, for the tasks.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Vulkan drivers complain on the terminal where XDG_RUNTIME_DIR is not set: the variables that keep them quiet. */
export async function quietDrivers(): Promise<Record<string, string>> {
  if (Deno.env.get("XDG_RUNTIME_DIR")) return {};
  const folder = join(ROOT, ".cache", "runtime");
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  return { XDG_RUNTIME_DIR: folder };
}
