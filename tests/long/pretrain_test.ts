import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AutoModelForMaskedLM } from "../../lib/models/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { AutoTokenizer, trainByteLevelBpe, trainUnigram, trainWordPiece } from "../../lib/tokenizers/mod.ts";
import { prose } from "../../tasks/datasets/prose/build.ts";
import { TokenBatches } from "../../tasks/pretrain/batches.ts";
import { Bigrams } from "../../tasks/pretrain/bigrams.ts";
import { lessonCollator } from "../../tasks/pretrain/collator.ts";
import { startFrom } from "../../tasks/pretrain/distillation.ts";
import { encodeAll } from "../../tasks/pretrain/encoded.ts";
import { distilbert, tiny } from "../../tasks/pretrain/recipes.ts";
import { matchTokens, type TeacherStates } from "../../tasks/pretrain/teacher.ts";
import { deviceTest } from "../devices.ts";
import { inFolder } from "../trainer/tiny.ts";

const script = fileURLToPath(new URL("./pretrain_run.ts", import.meta.url));
const texts = prose({ sentences: 400 }).filter((text) => text.length < 200); // none is cut off, however small the vocabulary
const tokenizer = trainWordPiece(texts, { vocabSize: 400 });
const encoded = encodeAll(texts, tokenizer);

/** Starts the run in a folder; kills it when its training wrote a checkpoint, or lets it end. */
async function run(folder: string, isKilled: boolean): Promise<void> {
  const args = ["run", "-A", "--no-check", script, folder];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "null", stderr: "piped" }).spawn();
  const said = new Response(child.stderr).text();
  const poll = setInterval(() => {
    if (!isKilled || checkpointsIn(join(folder, "work", tiny.folder)) === 0) return;
    clearInterval(poll); // who has ended cannot be killed again
    child.kill("SIGKILL");
  }, 20);
  const { success } = await child.status;
  clearInterval(poll);
  assert.equal(success, !isKilled, await said);
}

function checkpointsIn(folder: string): number {
  try {
    return Array.from(Deno.readDirSync(folder)).filter(({ name }) => name.startsWith("checkpoint-")).length;
  } catch {
    return 0; // not begun yet
  }
}

deviceTest(
  "cpu",
  "pretraining ends with the same bits when it is killed and started again, and its loss falls",
  async () => {
    await inFolder(async (folder) => {
      const [whole, killed] = ["whole", "killed"].map((name) => join(folder, name));
      await run(whole, false);
      await run(killed, true);
      await run(killed, false);
      const read = (from: string, name: string) => Deno.readFile(join(from, "out", tiny.folder, name));
      assert.deepEqual(await read(killed, "model.safetensors"), await read(whole, "model.safetensors"));

      const { log, steps } = JSON.parse(new TextDecoder().decode(await read(whole, "pretraining.json")));
      const losses = log.flatMap(({ loss }: { loss?: number }) => loss ?? []);
      assert.equal(steps, 40);
      assert.ok(losses.at(-1) < 0.8 * losses[0], `the loss goes from ${losses[0]} to ${losses.at(-1)}`);

      const folders = join(whole, "out", tiny.folder);
      const opened = await AutoTokenizer.fromPretrained(folders);
      const model = (await AutoModelForMaskedLM.fromPretrained(folders)).eval();
      assert.deepEqual([model.loadReport?.missing, model.loadReport?.unexpected], [[], []]);
      const { logits } = model.forward(opened(["The soup was not bad."]));
      assert.deepEqual(logits.shape, [1, opened(["The soup was not bad."]).input_ids[0].length, opened.length]);
    });
  },
);

Deno.test("TokenBatches holds every text once in an epoch, about as many tokens a batch, other texts in the next", () => {
  const batches = new TokenBatches(encoded.starts, 512, 5);
  const epochOf = (epoch: number) => Array.from(batches.order(epoch), (number) => batches.at(number).texts);
  const [first, second] = [epochOf(0), epochOf(1)];
  for (const epoch of [first, second]) {
    assert.deepEqual(epoch.flat().sort((a, b) => a - b), texts.map((_, i) => i));
  }
  const sizes = first.map((batch) => batch.reduce((sum, i) => sum + encoded.starts[i + 1] - encoded.starts[i], 0));
  assert.ok(sizes.every((size) => Math.abs(size - 512) <= 128), `${sizes}`);
  assert.notDeepEqual(first[0], second[0]);
  assert.deepEqual(epochOf(0), first);
});

Deno.test("matchTokens() gives each token the teacher's token in which it begins, whatever the vocabularies", () => {
  const teachers = encodeAll(texts, trainWordPiece(texts, { vocabSize: 150 }));
  const states: TeacherStates = {
    size: 1,
    first: Uint32Array.from(texts, (_, row) => teachers.starts[row] - row),
    vectors: new Float16Array(teachers.tokens - texts.length),
    encoded: teachers,
  };
  for (const train of [trainWordPiece, trainByteLevelBpe, trainUnigram]) {
    const students = encodeAll(texts, train(texts, { vocabSize: 420 }));
    const match = matchTokens(students, states);
    texts.forEach((text, row) => {
      assert.equal(match[students.starts[row]], states.first[row]);
      assert.equal(match[students.starts[row + 1] - 1], -1);
      for (let token = students.starts[row] + 1; token < students.starts[row + 1] - 1; token++) {
        const other = match[token] - states.first[row] + teachers.starts[row];
        const begins = Math.max(
          students.from[token],
          text.slice(students.from[token]).search(/\S/) + students.from[token],
        );
        assert.ok(teachers.from[other] <= begins && begins < teachers.to[other], `${text}: ${students.from[token]}`);
      }
    });
  }
});

Deno.test("lessonCollator() hides and replaces tokens, and says which, and never special ones", () => {
  setSeed(1);
  const special = new Set(tokenizer.allSpecialIds);
  const bigrams = new Bigrams(encoded, tokenizer.length, tokenizer.allSpecialIds);
  const numbers = texts.map((_, i) => i);
  const { input_ids, labels, replaced } = lessonCollator({ encoded, tokenizer, bigrams })([{ texts: numbers }]);
  const [ids, words, marks] = [input_ids, labels, replaced].map((column) => Object(column).hostData as Int32Array);
  const width = ids.length / texts.length;
  const counts = { hidden: 0, replaced: 0, kept: 0 };
  texts.forEach((_, row) => {
    const own = encoded.ids.subarray(encoded.starts[row], encoded.starts[row + 1]);
    own.forEach((id, i) => {
      const place = row * width + i;
      if (words[place] !== -100) {
        counts.hidden++;
        assert.deepEqual([words[place], marks[place]], [id, -100]);
      } else if (special.has(id)) {
        assert.deepEqual([ids[place], marks[place]], [id, -100]);
      } else {
        counts[marks[place] === 1 ? "replaced" : "kept"]++;
        assert.equal(marks[place], Number(ids[place] !== id));
      }
    });
  });
  const all = counts.hidden + counts.replaced + counts.kept;
  assert.ok(Math.abs(counts.hidden / all - 0.17) < 0.03, `${counts.hidden / all} are hidden`);
  assert.ok(counts.replaced / all > 0.04 && counts.replaced / all < 0.1, `${counts.replaced / all} are replaced`);
});

deviceTest("cpu", "startFrom() gives a DistilBERT of two layers BERT's layers 0 and 2", async () => {
  setSeed(2);
  const teacher = (await AutoModelForMaskedLM.fromConfig(tiny.config(tokenizer))).eval();
  const student = (await AutoModelForMaskedLM.fromConfig(distilbert.config(tokenizer))).eval();
  await startFrom(student, teacher);
  const twoLayers = { ...tiny.config(tokenizer), num_hidden_layers: 2 };
  const expected = (await AutoModelForMaskedLM.fromConfig(twoLayers)).eval();
  const theirs = new Map(teacher.namedParameters());
  for (const [name, parameter] of expected.namedParameters()) {
    parameter.write(Float32Array.from(await theirs.get(name.replace("layer.1.", "layer.2."))!.data()));
  }
  const { input_ids } = tokenizer(["Clara cooked soup."]);
  const [found, wanted] = await Promise.all(
    [student, expected].map((model) => model.forward({ input_ids }).logits.data()),
  );
  found.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-4, `logit ${i}: ${value}, ${wanted[i]}`));
});
