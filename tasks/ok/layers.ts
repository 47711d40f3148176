// The order of the folders: who may import whom, who may touch the machine, and that a mod.ts only passes on.

import type { Module } from "./modules.ts";

/** From top to bottom: a folder imports only from lines below its own. Folders on one line do not know each other. */
const LAYERS: readonly (readonly string[])[] = [
  ["grading"],
  ["notebook"],
  ["trainer"],
  ["pipeline"],
  ["models"],
  ["nn", "optim", "metrics", "data"],
  ["tokenizers"],
  ["hub"],
  ["autograd"],
  ["ops"],
  ["tensor"],
  ["backend"],
  ["kernels", "environment.ts"],
];

/** The library's public door knows every folder and is known by none. */
const DOOR = "lib/mod.ts";

/** What reads environment variables; at the bottom, as the rim's folders lie on several lines. */
const ENVIRONMENT = "lib/environment.ts";

/** Folders that run in a browser too: nothing of Deno or Node in them. Files, network and processes stay at the rim. */
const PURE = ["tensor", "ops", "autograd", "nn", "models", "optim", "metrics", "backend/webgpu"];

/** Every breach of the three rules, with its file. */
export function findLayerErrors(modules: Map<string, Module>): string[] {
  return [...modules.values()].flatMap((
    module,
  ) => [...wrongImports(module), ...machineUse(module), ...modContent(module)]);
}

function wrongImports({ path, imports, reExports }: Module): string[] {
  const own = rankOf(path);
  if (own === undefined || path === DOOR) return [];
  const targets = new Set([...imports, ...reExports].map(({ from }) => from));
  return [...targets].filter((target) => {
    const rank = rankOf(target);
    if (rank !== undefined && folderOf(target) === folderOf(path)) return false;
    return rank === undefined || rank <= own;
  }).map((target) => `${path} imports ${target}, which is not below ${folderOf(path)}`);
}

function machineUse({ path, code, imports, nodeImports }: Module): string[] {
  if (!PURE.some((folder) => path.startsWith(`lib/${folder}/`))) return [];
  const uses = [
    ...(/\bDeno\b/.test(code) ? ["Deno"] : []),
    ...nodeImports,
    ...imports.map(({ from }) => from).filter((from) => from === ENVIRONMENT),
  ];
  return uses.map((use) => `${path} uses ${use}; ${PURE.join(", ")} run in a browser too`);
}

/** What is left of a folder's mod.ts without its statements that import or pass on must be nothing. The door also sets lib up. */
function modContent({ path, code }: Module): string[] {
  if (!path.endsWith("/mod.ts") || path === DOOR) return [];
  const rest = code.replace(
    /^(import|export)\b[^;]*?(\bfrom\b)?\s*;/gm,
    (statement, kind, from) => from || kind === "import" ? "" : statement,
  );
  return rest.trim() === "" ? [] : [`${path} does more than pass on what its folder holds`];
}

/** A file's layer as its line in the table, undefined outside of it. */
function rankOf(path: string): number | undefined {
  const folder = folderOf(path);
  const rank = LAYERS.findIndex((line) => line.includes(folder));
  return rank < 0 ? undefined : rank;
}

/** `lib/ops/add.ts` -> ops; `kernels/cpu/build/cpu.wasm` -> kernels. */
function folderOf(path: string): string {
  const [first, second] = path.split("/");
  return first === "lib" ? second : first;
}
