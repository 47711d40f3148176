// deno task kernels [--check]: builds kernels/cpu/build/cpu.wasm and its declarations from kernels/cpu/*.ts with
// AssemblyScript. The same sources and compiler give the same bytes; --check compares them with what is committed and
// writes nothing.

import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import asc from "assemblyscript/asc";
import { CONTROL_BYTE } from "../lib/backend/cpu/wasm.ts";

const FOLDER = new URL("../kernels/cpu/", import.meta.url);
const OPTIONS = [
  ...["--outFile", "build/cpu.wasm", "--bindings", "raw", "--runtime", "stub", "--use", "abort="],
  ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--noAssert"],
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
  ...["--enable", "simd,relaxed-simd,threads,bulk-memory"],
  ...["--disableWarning", "201"], // usize to u32: this is wasm32
];

/** Compiles index.ts; returns the files it gives, by name. */
export async function build(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main(["index.ts", ...OPTIONS], {
    readFile: (name) => readFile(new URL(name, FOLDER), "utf8").catch(() => null),
    writeFile(name, content) {
      if (!name.endsWith(".js")) files.set(name, bytesOf(content));
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`kernels: AssemblyScript does not compile.\n${stderr}`);
  if (`${stderr}`) console.error(`${stderr}`);
  return files;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** The byte after the kernels' constants. */
async function endOfConstants(wasm: Uint8Array): Promise<number> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const env = { memory, sgemm() {}, sgemmBatch() {} };
  const { instance } = await WebAssembly.instantiate(new Uint8Array(wasm), { env });
  const { END_OF_CONSTANTS: end } = instance.exports;
  if (!(end instanceof WebAssembly.Global)) throw new Error("kernels: cpu.wasm does not export END_OF_CONSTANTS.");
  return end.value;
}

async function main(args: string[]): Promise<void> {
  const files = await build();
  const wasm = files.get("build/cpu.wasm");
  if (!wasm) throw new Error("kernels: the compiler gave no cpu.wasm.");
  const end = await endOfConstants(wasm);
  if (end > CONTROL_BYTE) {
    throw new Error(
      `kernels: the constants end at byte ${end}, above ${CONTROL_BYTE} where control words begin.`,
    );
  }
  for (const [name, content] of files) {
    const path = new URL(name, FOLDER);
    if (!args.includes("--check")) {
      await writeFile(path, content);
    } else if (!isDeepStrictEqual(new Uint8Array(await readFile(path)), content)) {
      throw new Error(
        `kernels: ${name} is not what its sources give; run \`deno task kernels\` and commit the result.`,
      );
    }
  }
  console.log(`kernels: cpu.wasm, ${wasm.length} bytes, ${args.includes("--check") ? "is up to date" : "built"}`);
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
