import assert from "node:assert/strict";
import { join } from "node:path";
import { AutoModelForMaskedLM, AutoTokenizer, meanInterval, type MeasuredRun, readResults } from "lib";
import { parseResults } from "../../lib/notebook/results.ts";
import { agNews } from "../../tasks/results/ag_news.ts";
import { amazonReviews } from "../../tasks/results/amazon_reviews.ts";
import { cola } from "../../tasks/results/cola.ts";
import { fineTune } from "../../tasks/results/fine_tune.ts";
import { measure } from "../../tasks/results/measure.ts";
import { type FineTuning, identityOf } from "../../tasks/results/plan.ts";
import { realSetRow } from "../../tasks/results/real_sets.ts";
import { rottenTomatoes } from "../../tasks/results/rotten_tomatoes.ts";

const setting: FineTuning = {
  variant: "fine-tuning",
  dataset: ["attend/acceptability"],
  text: "sentence",
  checkpoint: "attend/tiny",
  recipe: { learningRate: 1e-3, numTrainEpochs: 2, perDeviceTrainBatchSize: 16, weightDecay: 0.01, warmupRatio: 0 },
  seed: 1,
};

/** The record of a run that was not made. */
function recordOf(from: FineTuning): MeasuredRun {
  const { dataset, ...identity } = identityOf(from);
  return {
    ...identity,
    data: { name: dataset, train: 32, validation: 700 },
    curve: [{ epoch: 1, evalLoss: 0.5 }],
    confusion: [[1, 2], [3, 4]],
    seconds: 1,
    machine: "none",
    date: "2026-11-22",
  };
}

/** Measures a plan into a file of a folder of its own; gives the seeds that were run, time after time. */
async function seedsRun(
  ...plans: readonly { plan: FineTuning[]; isAgain?: boolean; only?: string }[]
): Promise<number[][]> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "cola.json");
  try {
    const all: number[][] = [];
    for (const { plan, isAgain = false, only } of plans) {
      const seeds: number[] = [];
      const onRun = ({ seed }: FineTuning) => void seeds.push(seed);
      const runs = await measure({
        lesson: "cola",
        path,
        plan,
        isAgain,
        only,
        run: (from) => Promise.resolve(recordOf(from)),
        onRun,
      });
      assert.deepEqual(parseResults(await Deno.readTextFile(path), "cola"), runs);
      if (only === undefined) assert.deepEqual(runs.map(({ seed }) => seed), plan.map(({ seed }) => seed));
      all.push(seeds);
    }
    return all;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("measure() runs what the file lacks, in the plan's order, and everything again when asked", async () => {
  const [one, two, three] = [1, 2, 3].map((seed) => ({ ...setting, seed }));
  const times = [{ plan: [two] }, { plan: [one, two, three] }, { plan: [three, one] }, {
    plan: [one, three],
    isAgain: true,
  }];
  assert.deepEqual(await seedsRun(...times), [[2], [1, 3], [], [1, 3]]);
});

Deno.test("measure() runs one variant alone when asked, and keeps what is there of the others", async () => {
  const [own, real, later] = [setting, { ...setting, variant: "CoLA", seed: 2 }, { ...setting, seed: 3 }];
  const plan = [own, real, later];
  const times = [{ plan: [own] }, { plan, only: "CoLA" }, { plan, only: "CoLA", isAgain: true }, { plan }];
  assert.deepEqual(await seedsRun(...times), [[1], [2], [2], [3]]);
});

Deno.test("every run of the plans is known by its record", () => {
  for (const plan of [cola, rottenTomatoes, amazonReviews, agNews]) {
    const keys = new Set(plan.map((from) => JSON.stringify(identityOf(from))));
    assert.equal(keys.size, plan.length);
  }
  const adapted = agNews.find(({ variant }) => variant === "adapted");
  assert.ok(adapted);
  const { recipe } = identityOf(adapted);
  assert.deepEqual([recipe.trainRows, recipe["adaptation.numTrainEpochs"]], [1000, 3]);
});

Deno.test("measure() runs anew what was changed in its settings", async () => {
  const faster = { ...setting, recipe: { ...setting.recipe, learningRate: 2e-3 } };
  const plans = [setting, faster, { ...setting, isFrozen: true }, { ...setting, trainRows: 8 }].map((each) => ({
    plan: [each],
  }));
  assert.deepEqual(await seedsRun(...plans), [[1], [1], [1], [1]]);
});

Deno.test("measure() keeps what was measured before a run that failed", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "cola.json");
  const run = (from: FineTuning) =>
    from.seed === 2 ? Promise.reject(new Error("stopped")) : Promise.resolve(recordOf(from));
  const plan = [1, 2, 3].map((seed) => ({ ...setting, seed }));
  await assert.rejects(measure({ lesson: "cola", path, plan, isAgain: false, run, onRun() {} }), {
    message: "stopped",
  });
  assert.deepEqual(parseResults(await Deno.readTextFile(path), "cola"), [recordOf(plan[0])]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("realSetRow() gives the last epochs' mean with its interval, and the fastest run's time", () => {
  const runs = [0.3, 0.31, 0.29].map((score, seed) => ({
    ...recordOf({ ...setting, variant: "CoLA", dataset: ["nyu-mll/glue", "cola"], seed }),
    curve: [{ epoch: 1, evalMatthewsCorrelation: 0.9 }, { epoch: 2, evalMatthewsCorrelation: score }],
    seconds: 60 + 30 * seed,
  }));
  const row = realSetRow("cola", [recordOf(setting), ...runs]);
  assert.deepEqual(row?.slice(3, 8), ["2", "Matthews correlation", "0.300 (0.275 to 0.325)", "3", "1 min 0 s"]);
  assert.equal(realSetRow("cola", [recordOf(setting), runs[0]]), undefined);
});

/** Python's last epochs with the same recipe, seed by seed (Transformers 4.57.6, PyTorch 2.6), and how far from them ours may lie. */
const PYTHON = [
  { lesson: "cola", variant: "CoLA", key: "evalMatthewsCorrelation", seeds: [0.3, 0.304, 0.271], slack: 0.03 },
  { lesson: "rotten-tomatoes", variant: "rotten_tomatoes", key: "evalMacroF1", seeds: [0.824, 0.829], slack: 0.01 },
] as const;
for (const { lesson, variant, key, seeds, slack } of PYTHON) {
  Deno.test(`the measured runs on ${variant} end where Python's do`, async () => {
    const runs = (await readResults(lesson)).filter((run) => run.variant === variant);
    assert.equal(runs.length, 3);
    const { mean } = meanInterval(runs.map(({ curve }) => curve[curve.length - 1][key]));
    assert.ok(mean >= Math.min(...seeds) - slack && mean <= Math.max(...seeds) + slack, `${mean}`);
  });
}

/** A folder with a BERT of random weights that a test can train. */
async function newCheckpoint(): Promise<string> {
  const folder = await Deno.makeTempDir();
  const tokenizer = await AutoTokenizer.fromPretrained("attend/tiny");
  const sizes = { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 32 };
  const config = { model_type: "bert", ...sizes, vocab_size: tokenizer.length, max_position_embeddings: 64 };
  await (await AutoModelForMaskedLM.fromConfig(config)).savePretrained(folder);
  await tokenizer.savePretrained(folder);
  return folder;
}

Deno.test("fineTune() gives a record of what it did: the same for the same seed, and only the head when frozen", async () => {
  const checkpoint = await newCheckpoint();
  const small = { ...setting, checkpoint, trainRows: 32 };

  const [run, same, frozen] = [
    await fineTune(small),
    await fineTune(small),
    await fineTune({ ...small, isFrozen: true }),
  ];
  assert.deepEqual(parseResults(JSON.stringify([run]), "cola"), [run]);
  const { dataset, ...identity } = identityOf(small);
  assert.deepEqual({ ...run, data: dataset }, { ...run, ...identity, data: dataset });
  assert.deepEqual(run.data, { name: "attend/acceptability", train: 32, validation: 700 });
  assert.deepEqual(run.curve.map(({ epoch, step }) => [epoch, step]), [[1, 2], [2, 4]]);
  assert.deepEqual(Object.keys(run.curve[0]).sort(), [
    "epoch",
    "evalAccuracy",
    "evalLoss",
    "evalMacroF1",
    "evalMatthewsCorrelation",
    "step",
  ]);
  assert.equal(run.confusion.flat().reduce((sum, count) => sum + count), 700);
  assert.deepEqual(same.curve, run.curve);
  assert.notDeepEqual(frozen.curve, run.curve);
  await Deno.remove(checkpoint, { recursive: true });
});

Deno.test("fineTune() holds rows out where asked, and makes classes of stars", async () => {
  const checkpoint = await newCheckpoint();
  const run = await fineTune({
    ...setting,
    dataset: ["attend/reviews"],
    text: "review_body",
    stars: "stars",
    heldOut: 40,
    trainRows: 32,
    maxLength: 16,
    checkpoint,
  });
  assert.deepEqual(run.data, { name: "attend/reviews", train: 32, validation: 40 });
  assert.deepEqual(run.confusion.map((row) => row.length), [5, 5, 5, 5, 5]);
  assert.equal(run.confusion.flat().reduce((sum, count) => sum + count), 40);
  await Deno.remove(checkpoint, { recursive: true });
});

Deno.test("fineTune() starts from what it adapted, which makes a difference", async () => {
  const checkpoint = await newCheckpoint();
  const news = {
    ...setting,
    dataset: ["attend/headlines"],
    text: "text",
    heldOut: 40,
    trainRows: 32,
    checkpoint,
  } as const;
  const adaptation = { ...setting.recipe, numTrainEpochs: 0.02 };
  const [direct, adapted] = [await fineTune(news), await fineTune({ ...news, adaptation })];
  assert.equal(adapted.checkpoint, direct.checkpoint);
  assert.notDeepEqual(adapted.curve, direct.curve);
  await Deno.remove(checkpoint, { recursive: true });
});
