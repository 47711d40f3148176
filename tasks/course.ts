// deno task course: runs a notebook as a student would, in Deno's own Jupyter kernel, and writes it with its outputs to out/.
// Options: course/options.ts.

import { requireDeno } from "./version.ts";

requireDeno();
// Loaded only now: an older Deno cannot load the messaging library.
const { course } = await import("./course/course.ts");
Deno.exit(await course(Deno.args));
