// What must not be lost: a checkpoint when the disk is full, when a callback throws, or when a kill comes between two renames; the model and
// its log when a notebook's Stop is pressed.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Kernel } from "../../tasks/kernel/kernel.ts";
import { deviceTest } from "../devices.ts";
import { inFolder, parametersOf, tinyTrainer } from "./tiny.ts";

const test = (name: string, fn: (folder: string) => Promise<void>) => deviceTest("cpu", name, () => inFolder(fn));
const namesIn = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

test("train() goes on to the same result when a callback threw after a checkpoint", async (folder) => {
  const args = { numTrainEpochs: 2, saveStrategy: "steps", saveSteps: 3, saveTotalLimit: 1 } as const;
  const whole = await tinyTrainer({ ...args, outputDir: join(folder, "whole") });
  await whole.train();
  const outputDir = join(folder, "broken");
  const broken = await tinyTrainer({ ...args, outputDir }, {
    callbacks: [{
      onPreOptimizerStep: (_args, state) => {
        if (state.globalStep === 4) throw new Error("mine");
      },
    }],
  });
  await assert.rejects(broken.train(), /mine/);
  assert.deepEqual(namesIn(outputDir), ["checkpoint-3"]);
  assert.ok(broken.model.parameters().every((parameter) => parameter.gradient === null), "no gradient is left behind");
  assert.equal(typeof (await broken.evaluate()).evalLoss, "number");
  const resumed = await tinyTrainer({ ...args, outputDir });
  await resumed.train({ resumeFromCheckpoint: true });
  assert.deepEqual(await parametersOf(resumed), await parametersOf(whole));

  const atSave = await tinyTrainer({ ...args, outputDir: join(folder, "save") }, {
    callbacks: [{
      onSave: (_args, state) => {
        if (state.globalStep === 6) throw new Error("in onSave");
      },
    }],
  });
  await assert.rejects(atSave.train(), /in onSave/);
  assert.deepEqual(namesIn(join(folder, "save")), ["checkpoint-6"]);
});

test("train() puts back a checkpoint when a kill came while it was replaced", async (folder) => {
  const args = { outputDir: folder, saveStrategy: "epoch", numTrainEpochs: 2 } as const;
  const whole = await tinyTrainer(args);
  await whole.train();
  await Deno.remove(join(folder, "checkpoint-10"), { recursive: true });
  await Deno.rename(join(folder, "checkpoint-5"), join(folder, ".checkpoint-5.replaced"));
  await Deno.mkdir(join(folder, ".checkpoint-2.incomplete"));
  let steps = 0;
  const resumed = await tinyTrainer(args, { callbacks: [{ onStepEnd: () => void steps++ }] });
  await resumed.train({ resumeFromCheckpoint: true });
  assert.equal(steps, 5, "it did not start anew");
  assert.deepEqual(await parametersOf(resumed), await parametersOf(whole));
  assert.deepEqual(namesIn(folder), ["checkpoint-10", "checkpoint-5"]);
  await Deno.mkdir(join(folder, ".checkpoint-10.replaced")); // the new one had come
  await (await tinyTrainer(args)).train({ resumeFromCheckpoint: true });
  assert.deepEqual(namesIn(folder), ["checkpoint-10", "checkpoint-5"]);
});

/** A command that runs `then` with a disk of its own of that many kilobytes at `folder`; Linux can, where users may have namespaces. */
const withSmallDisk = (kilobytes: number, folder: string, then: string) =>
  new Deno.Command("unshare", {
    args: [
      "--map-root-user",
      "--mount",
      "sh",
      "-c",
      `mount -t tmpfs -o size=${kilobytes}k none '${folder}' && ${then}`,
    ],
    stdout: "piped",
    stderr: "piped",
  }).output();
const canMount = await withSmallDisk(8, "/tmp", "true").then(({ success }) => success, () => false);

Deno.test({
  name: "train() keeps the old checkpoint and says so when the disk is full",
  ignore: !canMount,
  fn: () =>
    inFolder(async (folder) => {
      const script = fileURLToPath(new URL("./full_disk_run.ts", import.meta.url));
      const train = `'${Deno.execPath()}' run --allow-all --no-check '${script}' '${folder}'`;
      const run = async (kilobytes: number) => {
        const { stdout, stderr } = await withSmallDisk(kilobytes, folder, train);
        const said = new TextDecoder().decode(stdout);
        assert.ok(said.startsWith("{"), new TextDecoder().decode(stderr));
        return JSON.parse(said);
      };
      const [small, large] = [await run(104), await run(4000)];
      assert.match(small.message, /checkpoint-4 could not be written; older ones are untouched: .*[Nn]o space left/);
      assert.deepEqual(small.names, ["checkpoint-2"]);
      assert.deepEqual([large.message, large.names], ["", ["checkpoint-10"]]);
      assert.deepEqual(small.parameters, large.parameters);
    }),
});

Deno.test("train() ends in a notebook when Stop is pressed, and model and log are there for the next cell", async () => {
  const cwd = fileURLToPath(new URL("../../", import.meta.url));
  await using kernel = await Kernel.start({ cwd });
  const tiny = JSON.stringify(import.meta.resolve("./tiny.ts"));
  const prepare = `
    const L = await import("lib");
    const { tinyTrainer } = await import(${tiny});
    const trainer = await tinyTrainer({ numTrainEpochs: 1e6, loggingSteps: 1 });`;
  assert.equal((await kernel.execute(prepare)).status, "ok");
  let isStopped = false;
  const onOutput = ({ type }: { type: string }) => {
    if (isStopped || type !== "update_display_data") return;
    isStopped = true; // the bar moves: steps are taken
    kernel.interrupt();
  };
  const train = `const output = await trainer.train();`;
  assert.equal((await kernel.execute(train, { onOutput })).status, "ok");
  const look = `
    const { evalLoss } = await trainer.evaluate();
    const losses = trainer.state.logHistory.filter((entry) => "loss" in entry).length;
    const again = await trainer.train({ signal: AbortSignal.abort() });
    if (!output.interrupted || losses !== output.globalStep || losses === 0) throw new Error(JSON.stringify([output, losses]));
    if (!(evalLoss > 0) || !again.interrupted || trainer.model.training) throw new Error("the model is not usable");`;
  const reply = await kernel.execute(look);
  assert.equal(reply.status, "ok", JSON.stringify(reply));
});
