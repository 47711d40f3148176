// Tokenizing 19,213 sentences (CoLA's training split and all of rotten_tomatoes) against npm:@huggingface/tokenizers alone.
// The file is its own side: tokenizing.ts ours | theirs.

import { type BenchOptions, denoSide, type Family } from "./runner.ts";
import { median, report } from "./side.ts";

const CHECKPOINT = "sentence-transformers/all-MiniLM-L6-v2";
const TOKENIZING = "ms a pass";
const PASSES = 7;

export function tokenizingFamilies({ rounds = 3 }: BenchOptions): Family[] {
  const side = (name: string, task: string) => denoSide(name, "tokenizing.ts", [task], { ATTEND_DEVICE: "cpu" });
  const [ours, theirs] = [side("this library", "ours"), side("@huggingface/tokenizers", "theirs")];
  const work = "tokenizing CoLA and rotten_tomatoes, 19,213 sentences";
  return [{
    title: work,
    notes:
      `The tokenizer of all-MiniLM-L6-v2: ids, mask and segment ids of every sentence, no padding. ${PASSES} passes in a process; the median, ` +
      "so that both are warm.",
    needsHub: true,
    sides: [ours, theirs],
    rounds,
    bars: [{
      work,
      against: "npm:@huggingface/tokenizers",
      ours: { side: ours, figure: TOKENIZING },
      others: [{ side: theirs, figure: TOKENIZING }],
      atMost: 1.5,
    }],
  }];
}

if (import.meta.main) {
  const { AutoTokenizer, loadDataset } = await import("lib"); // loading lib chooses a device, which the parent needs not
  const { openFolder } = await import("../lib/hub/mod.ts");
  const { Tokenizer } = await import("@huggingface/tokenizers");
  const cola = await loadDataset("nyu-mll/glue", "cola", { split: "train" });
  const reviews = await loadDataset("rotten_tomatoes");
  const texts: string[] = cola.column("sentence").concat(...Object.values(reviews).map((set) => set.column("text")));

  const tasks: Record<string, () => Promise<() => number>> = {
    async ours() {
      const tokenizer = await AutoTokenizer.fromPretrained(CHECKPOINT);
      return () => tokenizer(texts).input_ids.reduce((sum, ids) => sum + ids.length, 0);
    },
    async theirs() {
      const folder = await openFolder("model", CHECKPOINT);
      const [json, config] = await Promise.all(["tokenizer.json", "tokenizer_config.json"].map(async (name) => {
        return JSON.parse(new TextDecoder().decode(await folder.read(name)));
      }));
      const tokenizer = new Tokenizer(json, config);
      return () => texts.reduce((sum, text) => sum + tokenizer.encode(text).ids.length, 0);
    },
  };
  const task = tasks[Deno.args[0] ?? ""];
  if (!task) throw new RangeError(`The task is "${Deno.args[0]}"; it must be ${Object.keys(tasks).join(", ")}.`);
  const pass = await task();
  let tokens = 0;
  const times = Array.from({ length: PASSES }, () => {
    const start = performance.now();
    tokens = pass();
    return performance.now() - start;
  });
  report({
    figures: { [TOKENIZING]: median(times) },
    check: tokens,
    note: `${texts.length} sentences, ${tokens} tokens`,
  });
  Deno.exit(0);
}
