// Child process of xlm_roberta_test.ts: loads, predicts, trains with frozen word embeddings, then tries too large a batch.
// Says what came of it, a JSON object a line.

import { AdamW, AutoModelForSequenceClassification, scope } from "lib";

/** The most memory the process ever had, in MB (10^6 bytes). */
const peak = () => Number(/VmHWM:\s+(\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"))?.[1]) * 1024 / 1e6;
const say = (name: string, value: unknown) => console.log(JSON.stringify({ [name]: value }));
const batch = {
  input_ids: [[0, 250001, 7, 9, 2], [0, 200000, 5, 2, 1]],
  attention_mask: [[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]],
};

const model = await AutoModelForSequenceClassification.fromPretrained(Deno.args[0]);
say("loadedMegabytes", peak());
say("parameterMegabytes", model.numParameters() * 4 / 1e6);
say("logits", await model.eval().forward(batch).logits.toList());

model.train().freeze(/word_embeddings/);
const { wordEmbeddings } = model.baseModel;
const row = () => scope(() => wordEmbeddings.weight.slice(0, 250001, 250002)).data();
const before = await row();
const optimizer = new AdamW(model.parameters().filter((parameter) => parameter.requiresGrad), { lr: 2e-5 });
const losses: number[] = [];
for (let step = 0; step < 3; step++) {
  const loss = scope(() => {
    const { loss } = model.forward({ ...batch, labels: [1, 0] });
    loss!.backward();
    optimizer.step();
    optimizer.zeroGrad();
    return loss!;
  });
  losses.push(await loss.item());
}
say("losses", losses);
const after = await row();
say("frozenRowsChanged", before.some((value, i) => value !== after[i]));
say("trainedMegabytes", peak());

model.unfreeze(/word_embeddings/);
try {
  const rows = Array.from({ length: 64 }, (_, i) => Array.from({ length: 256 }, (_, j) => 3 + i * 256 + j));
  model.forward({ input_ids: rows, labels: rows.map((_, i) => i % 2) }).loss!.backward();
} catch (error) {
  say("tooLarge", String(error));
}
Deno.exit(0);
