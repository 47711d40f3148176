// deno task blas: fetches OpenBLAS into .cache/blas, as the pip package that SciPy is built with. Matrix products on the CPU are then
// several times as fast. deno task blas mkl: fetches Intel's MKL into .cache/mkl (220 MB), faster still on Intel's processors. Both at one
// version, pinned by its hashes. Nothing else in the project fetches them.

import { spawnSync } from "node:child_process";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { findBlas } from "../lib/backend/cpu/blas.ts";

interface Package {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the package for each system; pip takes the one that fits and refuses any other file. */
  readonly hashes: readonly string[];
  readonly folder: string;
  /** How pip is told the folder: MKL's libraries are no part of a Python package, and lie below a prefix. */
  readonly option: "--target" | "--prefix";
}

const PACKAGES: Readonly<Record<string, Package>> = {
  openblas: {
    name: "scipy-openblas32",
    version: "0.3.34.481.3",
    hashes: [
      "0595f94cd58c1f8a0d90c975621f4587337a003916b1979e834ebdf2cb5d9504", // Linux x86_64
      "e085dddbc5b9aa130f83def515d31c440e69f387a90c7e63b154a5575b4466bc", // Linux aarch64
      "46fac855d3c05004f9ee111eeeeb0aeb076c6411fc6f87c34a49b8ba729c4c38", // Linux x86_64, musl
      "88b00ba6a232fe958695403f6f71858fb23c3c9ce561c467e787e5d46ace16ca", // Linux aarch64, musl
      "85d42ee10fd207ed6014273dcb9236ab1a65d21357f278b3aa0a78e8189665a8", // macOS x86_64
      "813bb8101da2f64555c4a5e71c3714539d92b0b4f1841ec12b80d50e56cde46c", // macOS arm64
      "963e311354df08856c22aad17d77209448d2d8fc3bc4b3b1d87912828797cf13", // Windows x86_64
      "64b1637b1c0495552351743e6f5d8bb50828aaea5821bb8d998927837256bda9", // Windows arm64
    ],
    folder: ".cache/blas",
    option: "--target",
  },
  mkl: {
    name: "mkl",
    version: "2026.2.0",
    hashes: [
      "eaab1875ce9f47ab3c66d5632cef06baf768c05781f2f28847bdbc4343500ed7", // Linux x86_64
      "5f2c187f0dda47efa19c1922cb3c8815924b8e5ed1613d28a3a69ec2327d4045", // Windows x86_64
    ],
    folder: ".cache/mkl",
    option: "--prefix",
  },
};

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

/** Installs a package into its folder: into one beside it first, which then takes its place. */
async function install(
  [command, ...args]: string[],
  { name, version, hashes, folder, option }: Package,
): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const requirements = `${folder}.requirements.txt`;
  await writeFile(requirements, `${name}==${version} ${hashes.map((hash) => `--hash=sha256:${hash}`).join(" ")}\n`);
  const options = [
    "--no-deps",
    "--only-binary=:all:",
    "--require-hashes",
    "--ignore-installed",
    option,
    part,
    "--requirement",
    requirements,
  ];
  const { status, stderr } = spawnSync(command, [...args, "install", ...options], { encoding: "utf8" });
  await rm(requirements, { force: true });
  if (status !== 0) {
    await rm(part, { recursive: true, force: true });
    const reason = stderr.trim().split("\n").findLast((line) => line.includes("ERROR")) ?? stderr.trim();
    throw new Error(`blas: pip could not install ${name} ${version} (${reason}); check the network, ${HELP}.`);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
}

if (import.meta.main) {
  try {
    const choice = Deno.args[0] ?? "openblas";
    if (!Object.hasOwn(PACKAGES, choice)) {
      throw new Error(`blas: there is no "${choice}"; use ${Object.keys(PACKAGES).join(" or ")}.`);
    }
    const { name, version, folder: path } = PACKAGES[choice];
    const folder = fileURLToPath(new URL(`../${path}`, import.meta.url));
    await install(findPip(), { ...PACKAGES[choice], folder });
    const blas = findBlas("");
    if (!blas?.path.startsWith(folder)) {
      throw new Error(`blas: ${name} ${version} is installed in ${folder} but is not what opens here; ${HELP}.`);
    }
    console.log(`blas: ${name} ${version} installed; the CPU backend uses ${blas.path}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
