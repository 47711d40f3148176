import assert from "node:assert/strict";
import { downloadDisplay } from "../../lib/notebook/download_display.ts";
import { liveTable } from "../../lib/notebook/live_table.ts";
import { mapDisplay } from "../../lib/notebook/map_display.ts";
import { progress, PROGRESS_MIME } from "../../lib/notebook/progress.ts";
import { notebookDisplay, terminalDisplay } from "../../lib/notebook/trainer_display.ts";
import { clock, page, terminal } from "./screens.ts";

Deno.test("progress() replaces one display at most four times a second, and always ends with the last state", async () => {
  const [{ screen, shown }, { now, pass }] = [page(), clock()];
  const bar = progress({ label: "Training", total: 100 }, { screen, now });
  for (let step = 1; step <= 100; step++) {
    pass(10);
    bar.update(step, { loss: 1 / step });
  }
  await bar.done();
  assert.equal(shown.length, 1 + 4 + 1); // the start, one each 250 ms of a second, the end
  assert.deepEqual(shown.map(({ kind }) => kind), ["write", ...Array(5).fill("replace")]);
  assert.equal(new Set(shown.map(({ displayId }) => displayId)).size, 1);
  assert.equal(shown.at(-1)?.bundle["text/plain"], "Training 100/100 · loss 0.0100 · 100 steps/s · 1 s elapsed");
});

Deno.test("progress() tells the course command step, total, loss and time left", async () => {
  const [{ screen, shown }, { now, pass }] = [page(), clock()];
  const bar = progress({ label: "Training", total: 40 }, { screen, now });
  pass(2000);
  bar.update(10, { loss: 0.5 });
  await bar.done();
  const states = shown.map(({ bundle }) => bundle[PROGRESS_MIME]);
  assert.deepEqual(states[0], { label: "Training", step: 0, total: 40 });
  assert.deepEqual(states[1], { label: "Training", step: 10, total: 40, loss: 0.5, secondsLeft: 6 });
  assert.equal(
    shown[1].bundle["text/plain"],
    "Training 10/40 · loss 0.5000 · 5 steps/s · 2 s elapsed · 6 s left",
  );
});

Deno.test("progress() takes the rate from this run's steps when it resumes", async () => {
  const [{ screen, shown }, { now, pass }] = [page(), clock()];
  const bar = progress({ label: "Training", total: 100, firstStep: 90 }, { screen, now });
  pass(1000);
  bar.update(95);
  await bar.done();
  assert.deepEqual(shown.at(-1)?.bundle[PROGRESS_MIME], { label: "Training", step: 95, total: 100, secondsLeft: 1 });
});

Deno.test("progress() prints a line every ten seconds in a terminal, without control characters", async () => {
  const [{ screen, printed }, { now, pass }] = [terminal(), clock()];
  const bar = progress({ label: "Training", total: 300 }, { screen, now });
  for (let step = 1; step <= 300; step++) {
    pass(100);
    bar.update(step);
  }
  await bar.done();
  assert.equal(printed.length, 4);
  assert.equal(printed[0], "Training 100/300 · 10 steps/s · 10 s elapsed · 20 s left");
  assert.ok(!/\p{Cc}/u.test(printed.join("")), "control characters");
});

Deno.test("liveTable() shows all rows so far in one display", async () => {
  const { screen, shown } = page();
  const curve = liveTable(["step", "loss"], {}, screen);
  curve.add({ step: 1, loss: 0.5, extra: 7 });
  curve.add({ step: 2, loss: 0.25 });
  await curve.done();
  assert.deepEqual(shown.map(({ kind }) => kind), ["write", "replace"]);
  assert.equal(shown[1].bundle["text/plain"], "step   loss\n----  -----\n   1  0.500\n   2  0.250");
});

Deno.test("liveTable() prints each row once in a terminal", async () => {
  const { screen, printed } = terminal();
  const curve = liveTable(["step", "loss"], {}, screen);
  curve.add({ step: 1, loss: 0.5 });
  curve.add({ step: 2, loss: null });
  await curve.done();
  assert.deepEqual(printed, ["step 1  loss 0.500", "step 2"]);
});

Deno.test("notebookDisplay() shows a bar and a table of evaluations with the metrics' names", async () => {
  const [{ screen, shown }, { now, pass }] = [page(), clock()];
  const display = notebookDisplay({ screen, now });
  display.onBegin(2);
  pass(500);
  display.onStep(1, 0.7);
  display.onEvaluate({ step: 1, trainingLoss: 0.7, validationLoss: 0.65, matthewsCorrelation: 0 });
  display.onStep(2);
  display.onEvaluate({ step: 2, trainingLoss: 0.6, validationLoss: 0.6, matthewsCorrelation: 0.3125 });
  await display.onEnd();
  const texts = shown.map(({ bundle }) => String(bundle["text/plain"]));
  assert.equal(new Set(shown.map(({ displayId }) => displayId)).size, 2);
  assert.match(texts.findLast((text) => text.startsWith("Training")) ?? "", /^Training 2\/2 · loss 0\.7000/);
  assert.equal(
    texts.findLast((text) => text.startsWith("Step")),
    [
      "Step  Training loss  Validation loss  Matthews correlation",
      "----  -------------  ---------------  --------------------",
      "   1         0.7000           0.6500                0.0000",
      "   2         0.6000           0.6000                0.3125",
    ].join("\n"),
  );
});

Deno.test("notebookDisplay() starts a new table when a second run begins", async () => {
  const { screen, shown } = page();
  const display = notebookDisplay({ screen });
  for (const metric of ["accuracy", "f1"]) {
    display.onBegin(1);
    display.onEvaluate({ step: 1, [metric]: 0.5 });
    await display.onEnd();
  }
  const heads = shown.map(({ bundle }) => String(bundle["text/plain"]).split("\n")[0]);
  assert.deepEqual(heads.filter((head) => head.startsWith("Step")), ["Step  Accuracy", "Step      F1"]);
});

Deno.test("terminalDisplay() prints evaluations as lines", async () => {
  const printed: string[] = [];
  const display = terminalDisplay((text) => printed.push(text));
  display.onBegin(1);
  display.onStep(1, 0.5);
  display.onEvaluate({ step: 1, epoch: 1, validationLoss: 0.6 });
  await display.onEnd();
  assert.equal(printed[0], "Step 1  Epoch 1  Validation loss 0.6000");
  assert.match(printed[1], /^Training 1\/1 · loss 0\.5000/);
});

Deno.test("downloadDisplay() shows large files in megabytes, one display each, and small ones not at all", async () => {
  const [{ screen, shown }, { now, pass }] = [page(), clock()];
  const listen = downloadDisplay({ screen, now });
  const tell = (path: string, bytes: number, total: number) => listen({ repo: "org/model", path, bytes, total });
  tell("config.json", 0, 600);
  for (const bytes of [20e6, 50e6, 80e6]) {
    tell("model.safetensors", bytes, 80e6);
    pass(1000);
  }
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(new Set(shown.map(({ displayId }) => displayId)).size, 1);
  const texts = shown.map(({ bundle }) => String(bundle["text/plain"]));
  assert.equal(texts[0], "Downloading org/model/model.safetensors 20/80 MB · 0 s elapsed");
  assert.equal(texts[1], "Downloading org/model/model.safetensors 50/80 MB · 30 MB/s · 1 s elapsed · 1 s left");
  assert.match(texts.at(-1) ?? "", / 80\/80 MB · 30 MB\/s · 2 s elapsed$/);
});

Deno.test("mapDisplay() shows the rows of a map() that takes a while, and nothing of a short one", async () => {
  const [{ screen, shown }, { now, pass }] = [page(), clock()];
  const listen = mapDisplay({ screen, now });
  const short = listen();
  for (const rows of [1000, 2000]) short({ rows, total: 2000 });
  assert.deepEqual(shown, []);
  const long = listen();
  for (const rows of [1000, 2000, 3000, 4000]) {
    pass(400);
    long({ rows, total: 4000 });
  }
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(new Set(shown.map(({ displayId }) => displayId)).size, 1);
  const texts = shown.map(({ bundle }) => String(bundle["text/plain"]));
  assert.match(texts[0], /^Mapping 2000\/4000 rows/);
  assert.match(texts.at(-1) ?? "", /^Mapping 4000\/4000 rows · 2500 rows\/s/);
});
