// deno task ok: everything that can be said about the sources without running them. Each failing part prints what and where.
// Ends with `ok`, or exits 1.

import { commandPart, existing, formatPart, kernelsPart } from "./ok/commands.ts";
import { findCycles } from "./ok/cycles.ts";
import { findDeadExports } from "./ok/dead_exports.ts";
import { findLayerErrors } from "./ok/layers.ts";
import { findLeftovers } from "./ok/leftovers.ts";
import { readModules } from "./ok/modules.ts";
import { findNotebookErrors } from "./ok/notebooks.ts";
import { requireDeno } from "./version.ts";

requireDeno();
const SOURCES = ["lib", "tasks", "tests", "bench", "grading", "figures"];
const modules = await readModules(SOURCES);

/** Each part gives its findings, one a string; none means that all is well. */
const parts: Record<string, () => Promise<string[]> | string[]> = {
  "format": () => formatPart(),
  "lint": () => commandPart(["lint"]),
  "types": async () => commandPart(["check", ...await existing(SOURCES)]),
  "import cycles": () => findCycles(modules),
  "layers": () => findLayerErrors(modules),
  "dead exports": () => findDeadExports(modules),
  "leftovers": () => findLeftovers(),
  "notebooks": () => findNotebookErrors(),
  "kernels": () => kernelsPart(),
};

let failed = 0;
for (const [name, find] of Object.entries(parts)) {
  const start = performance.now();
  const findings = await find();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (findings.length === 0) continue;
  failed += 1;
  console.log(
    `${name} (${seconds} s):\n${findings.map((finding) => `  ${finding.replaceAll("\n", "\n  ")}`).join("\n")}\n`,
  );
}
console.log(failed === 0 ? "ok" : `${failed} of ${Object.keys(parts).length} parts failed`);
Deno.exit(failed === 0 ? 0 : 1);
