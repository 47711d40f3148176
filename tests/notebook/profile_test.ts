import assert from "node:assert/strict";
import { readEnvironment } from "../../lib/environment.ts";
import { profile } from "../../lib/notebook/profile.ts";
import { PROFILES } from "../../lib/notebook/profiles.ts";

const given = (variables: Record<string, string>) => (name: string) => Promise.resolve(variables[name]);

Deno.test("profile() is quick when nothing is set, and needs nothing from the network", async () => {
  const run = await profile("cola", given({}));
  assert.equal(run.name, "quick");
  assert.deepEqual([run.checkpoint, run.tokenizer], ["attend/tiny", "attend/tiny"]);
  assert.deepEqual(run.dataset, ["attend/acceptability"]);
});

Deno.test("profile() is full when ATTEND_PROFILE says so", async () => {
  const run = await profile("cola", given({ ATTEND_PROFILE: "full" }));
  assert.deepEqual(run.dataset, ["nyu-mll/glue", "cola"]);
  assert.equal(run.checkpoint, "distilbert/distilbert-base-uncased");
  assert.deepEqual([run.epochs, run.learningRate, run.batchSize], [5, 2e-5, 16]);
  assert.match(String(run), /^warm-up +none$/m);
});

Deno.test("profile() takes what the course command overrides, and the time with it", async () => {
  const checkpoint = "sentence-transformers/all-MiniLM-L6-v2";
  const full = await profile("cola", given({ ATTEND_PROFILE: "full" }));
  const run = await profile(
    "cola",
    given({
      ATTEND_PROFILE: "full",
      ATTEND_CHECKPOINT: checkpoint,
      ATTEND_LEARNING_RATE: "5e-5",
      ATTEND_EPOCHS: "1",
    }),
  );
  assert.deepEqual([run.checkpoint, run.tokenizer], [checkpoint, checkpoint]);
  assert.deepEqual([run.learningRate, run.epochs], [5e-5, 1]);
  assert.equal(run.expectedMinutes, full.expectedMinutes / 5);
});

Deno.test("profile() compares with other checkpoints where a lesson does, and with none when one is given", async () => {
  const quick = await profile("rotten-tomatoes", given({}));
  assert.deepEqual(quick.comparedWith, ["attend/tiny-distilbert", "attend/tiny-albert", "attend/tiny-roberta"]);
  assert.match(String(quick), /^compared with +attend\/tiny-distilbert, attend\/tiny-albert, attend\/tiny-roberta$/m);
  const run = await profile("rotten-tomatoes", given({ ATTEND_CHECKPOINT: "my-model" }));
  assert.deepEqual([run.checkpoint, run.comparedWith], ["my-model", []]);
  assert.doesNotMatch(String(run), /compared with/);
});

Deno.test("profile() shows data, model and time as a table", async () => {
  const text = String(await profile("cola", given({})));
  assert.match(text, /^data +attend\/acceptability$/m);
  assert.match(text, /^model +attend\/tiny$/m);
  assert.match(text, /^warm-up +the first 10 % of all steps$/m);
  assert.match(text, /^expected time +about \d+ minutes? on 2 cores$/m);
});

Deno.test("profile() names the variable, its value and what to give when a value makes no sense", async () => {
  const failures: [Record<string, string>, string][] = [
    [{ ATTEND_PROFILE: "ful" }, 'ATTEND_PROFILE is "ful"; use "quick" or "full".'],
    [{ ATTEND_EPOCHS: "0" }, 'ATTEND_EPOCHS is "0"; give a number above 0.'],
    [{ ATTEND_LEARNING_RATE: "fast" }, 'ATTEND_LEARNING_RATE is "fast"; give a number above 0.'],
  ];
  for (const [variables, message] of failures) await assert.rejects(profile("cola", given(variables)), { message });
});

Deno.test("profile() names the lessons when it is asked for another", async () => {
  await assert.rejects(Reflect.apply(profile, undefined, ["colla"]), {
    message: `profile: there is no lesson "colla"; use "${Object.keys(PROFILES).join('" or "')}".`,
  });
});

Deno.test({
  name: "readEnvironment() counts a variable as unset when reading it is denied",
  permissions: { env: false },
  fn: async () => assert.equal(await readEnvironment("PATH"), undefined),
});
