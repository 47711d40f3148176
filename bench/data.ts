// Data before it reaches a model: tokenizing with map() against Python's datasets, the loader and its collator, a large CSV.
// The file is its own side: data.ts map | loader | csv | lazy.

import { type BenchOptions, denoSide, type Family, type Side } from "./runner.ts";
import { median, peakMemory, report } from "./side.ts";

const CHECKPOINT = "sentence-transformers/all-MiniLM-L6-v2";
const MAP = "s a map";
const BATCH = "ms a batch";
const CSV = "s to load";
const CSV_ROWS = 200_000;
/** A training step of CoLA that is fast: the loader's share is taken of this. */
const STEP_MS = 110;

const own = (task: string) => denoSide("this library", "data.ts", [task], { ATTEND_DEVICE: "cpu" });

export function dataFamilies({ rounds = 3 }: BenchOptions): Family[] {
  const [map, theirs] = [own("map"), pythonMap()];
  const work = "tokenizing CoLA's 8,551 training sentences with map";
  return [
    {
      title: work,
      notes:
        "Batched, with truncation, the tokenizer of all-MiniLM-L6-v2, the result kept on disk on both sides; the median of five " +
        "maps in one process. Python's fast tokenizer takes all cores, this library one.",
      needsHub: true,
      sides: [map, theirs],
      rounds,
      bars: [{
        work,
        against: "datasets.map, fast tokenizer",
        ours: { side: map, figure: MAP },
        others: [{ side: theirs, figure: MAP }],
        atMost: 2,
      }],
    },
    {
      title: "loader and collator, CoLA in batches of 16",
      notes:
        `DataLoader with shuffle and DataCollatorWithPadding over tokenized sentences, three epochs; the share is of a step of ${STEP_MS} ms.`,
      needsHub: true,
      sides: [own("loader")],
      rounds,
      bars: [],
    },
    {
      title: "loading a CSV of 200,000 reviews",
      notes:
        "36 words a review on average, 38 MB, a third of them in quotes with quotes inside; with types, from the disk.",
      sides: [own("csv")],
      rounds: 1,
      bars: [],
    },
    {
      title: "tokenizing 200,000 reviews on the fly",
      notes:
        "The same reviews, shuffled, in batches of 32 through withTransform, DataLoader and DataCollatorWithPadding: nothing is kept of a batch.",
      sides: [own("lazy")],
      rounds: 1,
      bars: [],
    },
  ];
}

/** The same in Python. */
function pythonMap(): Side {
  const program = `
import json, statistics, time
from datasets import load_dataset, disable_progress_bars
from transformers import AutoTokenizer
disable_progress_bars()
raw = load_dataset("nyu-mll/glue", "cola", split="train")
tokenizer = AutoTokenizer.from_pretrained("${CHECKPOINT}")
times = []
for _ in range(5):
    start = time.perf_counter()
    data = raw.map(lambda rows: tokenizer(rows["sentence"], truncation=True), batched=True, load_from_cache_file=False)
    times.append(time.perf_counter() - start)
tokens = sum(len(ids) for ids in data["input_ids"])
print(json.dumps({"figures": {"${MAP}": statistics.median(times)}, "check": tokens, "note": "datasets.map"}))`;
  const python = Deno.env.get("ATTEND_PYTHON");
  return {
    name: "datasets.map, fast tokenizer",
    command: [python ?? "python", "-c", program],
    env: {},
    blocked: python ? undefined : "ATTEND_PYTHON is not set; let it name a Python that has datasets and Transformers",
  };
}

if (import.meta.main) {
  const lib = await import("lib"); // loading lib chooses a device, which the parent needs not
  const tasks: Record<string, (library: typeof lib) => Promise<void>> = {
    map: timeMap,
    loader: timeLoader,
    csv: timeCsv,
    lazy: timeLazy,
  };
  const task = tasks[Deno.args[0] ?? ""];
  if (!task) throw new RangeError(`The task is "${Deno.args[0]}"; it must be ${Object.keys(tasks).join(", ")}.`);
  await task(lib);
  Deno.exit(0);
}

type Library = typeof import("lib");

async function cola({ AutoTokenizer, loadDataset }: Library) {
  const train = await loadDataset("nyu-mll/glue", "cola", { split: "train" });
  const tokenizer = await AutoTokenizer.fromPretrained(CHECKPOINT);
  const tokenized = () =>
    train.map((rows) => tokenizer(rows.sentence, { truncation: true }), {
      batched: true,
      loadFromCacheFile: false,
      onProgress: () => {},
    });
  return { tokenizer, tokenized };
}

async function timeMap(lib: Library): Promise<void> {
  const { tokenized } = await cola(lib);
  const times: number[] = [];
  let tokens = 0;
  for (let time = 0; time < 5; time++) {
    const start = performance.now();
    const data = await tokenized();
    times.push((performance.now() - start) / 1000);
    tokens = data.column("input_ids").reduce((sum: number, ids: number[]) => sum + ids.length, 0);
  }
  report({
    figures: { [MAP]: median(times) },
    check: tokens,
    note: `${Math.round(8551 / median(times)).toLocaleString("en")} sentences a second`,
  });
}

async function timeLoader(lib: Library): Promise<void> {
  const { tokenizer, tokenized } = await cola(lib);
  const dataset = (await tokenized()).removeColumns(["sentence", "idx"]);
  const collateFn = new lib.DataCollatorWithPadding(tokenizer);
  const loader = new lib.DataLoader({ dataset, batchSize: 16, shuffle: true, seed: 0, collateFn });
  const epochs: number[] = [];
  for (let epoch = 0; epoch < 3; epoch++) {
    const start = performance.now();
    for await (const _ of loader);
    epochs.push(performance.now() - start);
  }
  const milliseconds = median(epochs) / loader.length;
  report({
    figures: { [BATCH]: milliseconds, "% of a step": milliseconds / STEP_MS * 100 },
    note: `${loader.length} batches an epoch`,
  });
}

async function timeCsv(lib: Library): Promise<void> {
  await withReviews(lib, (set, seconds) => {
    report({ figures: { [CSV]: seconds, ...peakMemory() }, check: set.numRows, note: "peak of the process" });
    return Promise.resolve();
  });
}

async function timeLazy(lib: Library): Promise<void> {
  const tokenizer = await lib.AutoTokenizer.fromPretrained("attend/acceptability");
  await withReviews(lib, async (set) => {
    const dataset = set.withTransform((rows) => ({
      ...tokenizer(rows.review_body, { truncation: true, maxLength: 512 }),
      labels: rows.stars.map((stars) => stars - 1),
    }));
    const collateFn = new lib.DataCollatorWithPadding(tokenizer);
    const start = performance.now();
    let [rows, tokens] = [0, 0];
    for await (
      const { labels, attention_mask } of new lib.DataLoader({
        dataset,
        batchSize: 32,
        shuffle: true,
        seed: 0,
        collateFn,
      })
    ) {
      rows += labels.size;
      tokens += attention_mask.hostData?.reduce((sum, mark) => sum + mark, 0) ?? 0;
    }
    const seconds = (performance.now() - start) / 1000;
    report({ figures: { "rows a second": rows / seconds, ...peakMemory() }, check: rows, note: `${tokens} tokens` });
  });
}

/** The reviews, and how long loading them took. */
async function withReviews(
  { loadDataset }: Library,
  use: (set: Awaited<ReturnType<Library["loadDataset"]>>["train"], seconds: number) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeFile(path, csvOf(CSV_ROWS));
    const start = performance.now();
    const set = await loadDataset("csv", { dataFiles: path, split: "train" });
    await use(set, (performance.now() - start) / 1000);
  } finally {
    await Deno.remove(path);
  }
}

/** Reviews of random words, as a stream, so that the text is not in memory as a whole. */
function csvOf(rows: number): ReadableStream<Uint8Array> {
  const words =
    "this product arrived quickly and works really well although its colour was not quite what the picture shows".split(
      " ",
    );
  let state = 1;
  const below = (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * bound);
  };
  const review = (row: number) => {
    const text = Array.from({ length: 11 + below(50) }, () => words[below(words.length)]).join(" ");
    return `${row % 3 === 0 ? `"${text}, ""really"""` : text},${1 + below(5)}\n`;
  };
  const pieces = function* () {
    yield "review_body,stars\n";
    for (let row = 0; row < rows; row += 1000) yield Array.from({ length: 1000 }, (_, i) => review(row + i)).join("");
  };
  return ReadableStream.from(pieces()).pipeThrough(new TextEncoderStream());
}
