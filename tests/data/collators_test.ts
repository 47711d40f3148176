import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { DataCollatorWithPadding, defaultDataCollator, type TensorBatch } from "../../lib/data/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { deviceTest } from "../devices.ts";

const FIXTURE = fileURLToPath(new URL("../fixtures/tokenizers/bert-uncased", import.meta.url));
const tokenizer = await AutoTokenizer.fromPretrained(FIXTURE);
const pad = tokenizer.padTokenId;

/** Shape and values by column, of int32 tensors. */
const ints = (batch: TensorBatch) =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { dtype, shape, hostData }]) => {
      assert.equal(dtype, "int32", name);
      return [name, [shape.join("x"), [...hostData ?? []].join(" ")]];
    }),
  );

const rows = [
  { input_ids: [2, 7, 3], token_type_ids: [0, 0, 0], attention_mask: [1, 1, 1], label: 1 },
  { input_ids: [2, 7, 8, 9, 3], token_type_ids: [0, 0, 0, 1, 1], attention_mask: [1, 1, 1, 1, 1], label: 0 },
];

Deno.test("DataCollatorWithPadding pads to the longest row and calls the label labels", () => {
  const collator = new DataCollatorWithPadding(tokenizer);
  assert.ok(collator instanceof DataCollatorWithPadding);
  assert.deepEqual(ints(collator(rows)), {
    input_ids: ["2x5", `2 7 3 ${pad} ${pad} 2 7 8 9 3`],
    token_type_ids: ["2x5", "0 0 0 0 0 0 0 0 1 1"],
    attention_mask: ["2x5", "1 1 1 0 0 1 1 1 1 1"],
    labels: ["2", "1 0"],
  });
});

Deno.test("DataCollatorWithPadding pads to a given length, to a multiple, and on the left", () => {
  const shapeOf = (
    options: ConstructorParameters<typeof DataCollatorWithPadding>[1],
  ) => [...new DataCollatorWithPadding(tokenizer, options)(rows).input_ids.shape];
  assert.deepEqual(shapeOf({ padding: "max_length", maxLength: 7 }), [2, 7]);
  assert.deepEqual(shapeOf({ padToMultipleOf: 4 }), [2, 8]);
  const left = new DataCollatorWithPadding(tokenizer, { paddingSide: "left" })(rows);
  assert.equal(ints(left).attention_mask[1], "0 0 1 1 1 1 1 1 1 1");
});

Deno.test("DataCollatorWithPadding makes the attention mask where rows have none", () => {
  const batch = new DataCollatorWithPadding(tokenizer)([{ input_ids: [2, 3] }, { input_ids: [2, 7, 3] }]);
  assert.equal(ints(batch).attention_mask[1], "1 1 0 1 1 1");
});

Deno.test("DataCollatorWithPadding names the column when it holds text, gaps or lists of several lengths", () => {
  const collator = new DataCollatorWithPadding(tokenizer);
  const withColumn = (...values: unknown[]) => () => collator(rows.map((row, i) => ({ ...row, extra: values[i] })));
  assert.throws(
    withColumn("Ann slept.", "x"),
    /column "extra" holds text \("Ann slept."\); take it out with removeColumns/,
  );
  assert.throws(withColumn(1, null), /column "extra" holds a missing value/);
  assert.throws(withColumn([1, 2], [1]), /column "extra" has lists of 2 and of 1 items/);
});

deviceTest("float64", "collators make float32 of labels that are not whole", async () => {
  const scored = rows.map((row, i) => ({ ...row, label: i + 0.5 }));
  const { labels } = new DataCollatorWithPadding(tokenizer)(scored);
  assert.deepEqual([labels.dtype, ...await labels.data()], ["float32", 0.5, 1.5]);
});

Deno.test("defaultDataCollator() stacks rows of one length and leaves text out", () => {
  const batch = defaultDataCollator([
    { input_ids: [2, 3], label: 1, text: "a", words: ["b"] },
    { input_ids: [4, 5], label: 0, text: "c", words: ["d"] },
  ]);
  assert.deepEqual(ints(batch), { input_ids: ["2x2", "2 3 4 5"], labels: ["2", "1 0"] });
  assert.throws(() => defaultDataCollator(rows), /column "input_ids" has lists of 3 and of 5 items; pad or truncate/);
});
