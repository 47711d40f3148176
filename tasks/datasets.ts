// `deno task datasets` writes the embedded data sets from their generators; with --check it compares them byte for byte.

import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAcceptability } from "./datasets/acceptability/files.ts";
import { writeComics } from "./datasets/comics/files.ts";
import { writeHeadlines } from "./datasets/headlines/files.ts";
import { writeReviews } from "./datasets/reviews/files.ts";
import { writeSnippets } from "./datasets/snippets/files.ts";

const writers: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  acceptability: writeAcceptability,
  snippets: writeSnippets,
  reviews: writeReviews,
  headlines: writeHeadlines,
  comics: writeComics,
};

const folderOf = (name: string) => fileURLToPath(new URL(`../datasets/${name}`, import.meta.url));

/** The files of one set that differ from what its generator writes now. */
export async function changedFiles(name: string): Promise<string[]> {
  const fresh = await Deno.makeTempDir();
  try {
    await writers[name](fresh);
    const paths = await filesBelow(fresh);
    const same = await Promise.all(paths.map((path) => isSame(join(fresh, path), join(folderOf(name), path))));
    return paths.filter((_, i) => !same[i]);
  } finally {
    await Deno.remove(fresh, { recursive: true });
  }
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => Deno.readFile(path).catch(() => undefined)));
  return first !== undefined && first.length === second?.length && first.every((byte, i) => byte === second[i]);
}

async function filesBelow(root: string, folder = root): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const paths = await Promise.all(entries.map(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? filesBelow(root, path) : [relative(root, path)];
  }));
  return paths.flat().sort();
}

if (import.meta.main) {
  for (const name of Object.keys(writers)) {
    if (!Deno.args.includes("--check")) {
      await writers[name](folderOf(name));
      console.log(`datasets/${name} written`);
      continue;
    }
    const changed = await changedFiles(name);
    console.log(
      `datasets/${name}: ${changed.length === 0 ? "as its generator writes it" : `differs in ${changed.join(", ")}`}`,
    );
    if (changed.length > 0) Deno.exitCode = 1;
  }
}
