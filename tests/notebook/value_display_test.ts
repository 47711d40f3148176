import assert from "node:assert/strict";
import { AutoTokenizer, device, jupyterDisplay } from "lib";

const tokenizer = await AutoTokenizer.fromPretrained("attend/tiny");

/** What a value says of itself in a notebook. */
async function shown(value: object): Promise<{ html: string; text: string }> {
  const display: unknown = Reflect.get(value, jupyterDisplay);
  assert.ok(typeof display === "function");
  const bundle = await display.call(value);
  return { html: bundle["text/html"], text: bundle["text/plain"] };
}

Deno.test("tokenizer() shows one text as a table of its tokens", async () => {
  const encoding = tokenizer("The dog.", { returnOffsetsMapping: true, returnLength: true });
  const { html, text } = await shown(encoding);
  const [head, , ...lines] = text.split("\n").map((line) => line.trim().split(/ {2,}/));
  assert.deepEqual(head, ["token", "input_ids", "token_type_ids", "attention_mask", "offset_mapping"]);
  assert.deepEqual(lines.map(([token]) => token), encoding.tokens());
  assert.deepEqual(lines.map(([, id]) => Number(id)), encoding.input_ids);
  assert.deepEqual(lines.map((cells) => cells.at(-1)), ["0,0", "0,3", "4,7", "7,8", "0,0"]);
  assert.match(html, /<th [^>]*>token<\/th>.*<td [^>]*>dog<\/td>/s);
});

Deno.test("tokenizer() shows several texts a line each, long ones cut", async () => {
  const texts = ["The dog.", "the ".repeat(20)];
  const { text } = await shown(tokenizer(texts));
  const { input_ids: [first] } = tokenizer(texts);
  assert.match(text, new RegExp(`\\[${first.join(", ")}\\]`));
  assert.match(text, /, … 22 items\]/);
  assert.match((await shown(tokenizer(new Array(10).fill("The dog.")))).text, /… and 2 more rows$/);
});

Deno.test("the display of an encoding is no column of it", () => {
  const encoding = tokenizer("The dog.");
  assert.deepEqual(Reflect.ownKeys({ ...encoding }), ["input_ids", "token_type_ids", "attention_mask"]);
});

Deno.test("device() shows itself as a table and spreads into plain values", async () => {
  const { text } = await shown(device());
  assert.match(text, new RegExp(`^name +${device().name}$`, "m"));
  assert.deepEqual(Reflect.ownKeys({ ...device() }), ["name", "adapter", "blas", "threads", "reason"]);
});
