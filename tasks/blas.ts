// deno task blas: fetches OpenBLAS into .cache/blas, as the pip package that SciPy is built with, at one version pinned
// by its hashes. Matrix products on the CPU are then about four times as fast. Nothing else in the project fetches it.

import { spawnSync } from "node:child_process";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { findBlas } from "../lib/backend/cpu/blas.ts";

const PACKAGE = "scipy-openblas32";
const VERSION = "0.3.34.481.3";
/** SHA-256 of the package for each system; pip takes the one that fits and refuses any other file. */
const HASHES = [
  "0595f94cd58c1f8a0d90c975621f4587337a003916b1979e834ebdf2cb5d9504", // Linux x86_64
  "e085dddbc5b9aa130f83def515d31c440e69f387a90c7e63b154a5575b4466bc", // Linux aarch64
  "46fac855d3c05004f9ee111eeeeb0aeb076c6411fc6f87c34a49b8ba729c4c38", // Linux x86_64, musl
  "88b00ba6a232fe958695403f6f71858fb23c3c9ce561c467e787e5d46ace16ca", // Linux aarch64, musl
  "85d42ee10fd207ed6014273dcb9236ab1a65d21357f278b3aa0a78e8189665a8", // macOS x86_64
  "813bb8101da2f64555c4a5e71c3714539d92b0b4f1841ec12b80d50e56cde46c", // macOS arm64
  "963e311354df08856c22aad17d77209448d2d8fc3bc4b3b1d87912828797cf13", // Windows x86_64
  "64b1637b1c0495552351743e6f5d8bb50828aaea5821bb8d998927837256bda9", // Windows arm64
];
const FOLDER = fileURLToPath(new URL("../.cache/blas", import.meta.url));
const HELP = "or set ATTEND_BLAS to the path of a BLAS with cblas_sgemm";

/** Ways to call pip, in the order they are tried. */
const PIPS = [["pip3"], ["pip"], ["python3", "-m", "pip"], ["python", "-m", "pip"], ["py", "-m", "pip"]];

/** The first way to call pip that works. @throws Error when there is none */
export function findPip(ways: readonly string[][] = PIPS): string[] {
  const found = ways.find(([command, ...args]) => spawnSync(command, [...args, "--version"]).status === 0);
  if (found) return found;
  const tried = ways.map((way) => way.join(" ")).join(", ");
  throw new Error(`blas: no pip was found (tried ${tried}); install Python with pip, ${HELP}.`);
}

/** Installs the package into `folder`: into a folder beside it first, which then takes its place. */
async function install([command, ...args]: string[], folder: string): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const requirements = `${folder}.requirements.txt`;
  await writeFile(requirements, `${PACKAGE}==${VERSION} ${HASHES.map((hash) => `--hash=sha256:${hash}`).join(" ")}\n`);
  const options = [
    "--no-deps",
    "--only-binary=:all:",
    "--require-hashes",
    "--target",
    part,
    "--requirement",
    requirements,
  ];
  const { status, stderr } = spawnSync(command, [...args, "install", ...options], { encoding: "utf8" });
  await rm(requirements, { force: true });
  if (status !== 0) {
    await rm(part, { recursive: true, force: true });
    const reason = stderr.trim().split("\n").findLast((line) => line.includes("ERROR")) ?? stderr.trim();
    throw new Error(`blas: pip could not install ${PACKAGE} ${VERSION} (${reason}); check the network, ${HELP}.`);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
}

if (import.meta.main) {
  try {
    await install(findPip(), FOLDER);
    const blas = findBlas("");
    if (!blas) {
      throw new Error(`blas: ${PACKAGE} ${VERSION} is installed in ${FOLDER} but does not open here; ${HELP}.`);
    }
    console.log(`blas: ${PACKAGE} ${VERSION} installed; the CPU backend uses ${blas.path}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
