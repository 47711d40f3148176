// The files of the set: three splits as save_to_disk writes them (Arrow), already tokenized by attend/tiny's tokenizer.

import { join } from "node:path";
import { ClassLabel, Dataset, DatasetDict, List, Value } from "../../../lib/data/mod.ts";
import { AutoTokenizer, type PreTrainedTokenizer } from "../../../lib/tokenizers/mod.ts";
import { classLabel, type FeatureJson, writeSet } from "../text/files.ts";
import type { Labelled } from "../text/labelled.ts";
import { comics } from "./build.ts";

const CLASSES = ["neg", "pos"] as const;
const listOf = (dtype: string): FeatureJson => ({ feature: { dtype, _type: "Value" }, _type: "List" });

export async function writeComics(folder: string): Promise<void> {
  const rows = comics(), names = Object.keys(rows);
  await writeSet(folder, {
    description: "What readers say of comics that never were: blame or praise; already tokenized; see README.md.",
    features: { input_ids: listOf("int32"), attention_mask: listOf("int8"), labels: classLabel(...CLASSES) },
    splits: Object.fromEntries(names.map((split) => [split, `saved/${split}/*.arrow`])),
  }, {});
  const tokenizer = await AutoTokenizer.fromPretrained("attend/tiny");
  const sets = Object.entries(rows).map(([split, rows]) => [split, tokenized(rows, tokenizer)]);
  const saved = join(folder, "saved");
  await new DatasetDict(Object.fromEntries(sets)).saveToDisk(saved);
  for (const split of names) await fixFingerprint(join(saved, split));
}

function tokenized(rows: readonly Labelled[], tokenizer: PreTrainedTokenizer): Dataset {
  const { input_ids, attention_mask = [] } = tokenizer(rows.map(({ text }) => text));
  return Dataset.fromDict({ input_ids, attention_mask, labels: rows.map(({ label }) => label) }, {
    input_ids: new List(new Value("int32")),
    attention_mask: new List(new Value("int8")),
    labels: new ClassLabel({ names: CLASSES }),
  });
}

/** saveToDisk draws a fingerprint by chance; here it is that of the content, so that the same set gives the same files. */
async function fixFingerprint(folder: string): Promise<void> {
  const path = join(folder, "state.json"), state = JSON.parse(await Deno.readTextFile(path));
  const digest = await crypto.subtle.digest(
    "SHA-256",
    await Deno.readFile(join(folder, state._data_files[0].filename)),
  );
  const fingerprint = new Uint8Array(digest).toHex().slice(0, 16);
  await Deno.writeTextFile(path, JSON.stringify({ ...state, _fingerprint: fingerprint }, null, 2));
}
