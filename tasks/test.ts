// deno task test [PATHS] [options of deno test]: runs the tests under tests/, names every skipped one, ends with the totals.
// `--all` (deno task test:all) adds tests/long. Failures are shown in full, passing tests only counted.

import { join } from "node:path";
import { quietDrivers, ROOT } from "./project.ts";
import { Counter, readSkipped, readTotals, totalsLine } from "./test/report.ts";
import { requireDeno } from "./version.ts";

requireDeno();
const wantsAll = Deno.args.includes("--all");
const given = Deno.args.filter((arg) => arg !== "--all");
const paths = given.some((arg) => !arg.startsWith("-")) ? [] : ["tests"];
const folder = await Deno.makeTempDir({ prefix: "tests-" });
const junit = join(folder, "report.xml");

const child = new Deno.Command(Deno.execPath(), {
  args: [
    "test",
    "-A",
    "--reporter=dot",
    `--junit-path=${junit}`,
    ...(wantsAll || paths.length === 0 ? [] : ["--ignore=tests/long"]), // a path that is given is meant
    ...given,
    ...paths,
  ],
  cwd: ROOT,
  env: { ...await quietDrivers(), NO_COLOR: "1" },
  stdout: "piped",
  stderr: "piped",
}).spawn();

const counter = new Counter(Deno.stdout.isTerminal());
const [said] = await Promise.all([forward(child.stdout, (line) => counter.sees(line)), forward(child.stderr, isNoise)]);
counter.end();
const { code } = await child.status;

const skipped = readSkipped(await Deno.readTextFile(junit).catch(() => ""));
if (skipped.length > 0) console.log(["", "Skipped:", ...skipped.map((name) => `  skipped: ${name}`)].join("\n"));
console.log(`\n${totalsLine(readTotals(said, code), skipped.length)}`);
await Deno.remove(folder, { recursive: true });
Deno.exit(code);

/** Prints a stream's lines except those that `hides` takes and needless blank ones; gives all of them. */
async function forward(stream: ReadableStream<Uint8Array>, hides: (line: string) => boolean): Promise<string> {
  let all = "";
  let rest = "";
  let wasBlank = true;
  const print = (line: string) => {
    const isBlank = line.trim() === "";
    if (hides(line) || (isBlank && wasBlank)) return;
    wasBlank = isBlank;
    console.log(line);
  };
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    all += text;
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(print);
  }
  if (rest) print(rest);
  return all;
}

function isNoise(line: string): boolean {
  return /^(Check |error: Test failed$|Stack backtrace:| +0: <unknown>)/.test(line);
}
