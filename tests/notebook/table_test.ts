import assert from "node:assert/strict";
import { keyValue, table } from "../../lib/notebook/table.ts";
import { jupyterDisplay } from "../../lib/notebook/display.ts";

async function html(value: ReturnType<typeof table>): Promise<string> {
  const bundle = await value[jupyterDisplay]();
  return String(bundle["text/html"]);
}

Deno.test("table() aligns words left and numbers right when printed as text", () => {
  const rows = [{ label: "acceptable", count: 719, share: 0.68936 }, {
    label: "unacceptable",
    count: 324,
    share: 1e-5,
  }];
  assert.equal(
    table(rows, { caption: "Validation split", digits: 2 }).toString(),
    [
      "Validation split",
      "label         count  share",
      "------------  -----  -----",
      "acceptable      719   0.69",
      "unacceptable    324   1e-5",
    ].join("\n"),
  );
});

Deno.test("table() takes columns, typed arrays among them", () => {
  const loss = Float32Array.of(0.5, 0.25);
  assert.equal(
    table({ step: [1, 2], loss }).toString(),
    ["step   loss", "----  -----", "   1  0.500", "   2  0.250"].join("\n"),
  );
});

Deno.test("table() gives whole numbers decimals when the column has fractions", () => {
  assert.equal(table({ mcc: [0, 0.312, NaN] }).toString(), "mcc\n-----\n0.000\n0.312\n  NaN".replace("mcc", "  mcc"));
});

Deno.test("table() writes commas into whole numbers when asked, and leaves other numbers and words alone", () => {
  const rows = [{ part: "10000", parameters: 11918592, share: 0.52 }, { part: "pooler", parameters: 770, share: 1000 }];
  const lines = table(rows, { digits: 2, thousands: true }).toString().split("\n").slice(2);
  assert.deepEqual(lines, ["10000   11,918,592     0.52", "pooler         770  1000.00"]);
  assert.equal(keyValue({ rows: 8551 }, { thousands: true }).toString(), "rows  8,551");
  assert.equal(table({ id: [19785] }).toString().split("\n").at(-1), "19785");
});

Deno.test("table() escapes what its cells hold and right-aligns numbers in HTML", async () => {
  const page = await html(table([{ token: "<b>&", id: 7, note: null }], { caption: 'a "caption"' }));
  assert.match(page, /<td style="text-align: left">&#60;b&#62;&#38;<\/td>/);
  assert.match(page, /<td style="text-align: right[^"]*">7<\/td>/);
  assert.match(page, /<caption[^>]*>a &#34;caption&#34;<\/caption>/);
  assert.doesNotMatch(page, /null|undefined|<script|color/);
});

Deno.test("table() says how many rows it leaves out", async () => {
  const long = table({ row: Array.from({ length: 1060 }, (_, i) => i) });
  assert.match(long.toString(), /\n 49\n… and 1,010 more rows$/);
  assert.match(await html(long), /… and 1,010 more rows/);
});

Deno.test("table() names the column when lengths differ", () => {
  assert.throws(() => table({ sentence: ["a", "b"], label: [1] }), {
    message: 'table: column "label" has 1 rows, but "sentence" has 2 rows; give all one length.',
  });
});

Deno.test("table() shows an empty list as an empty table", () => {
  assert.equal(table([], { caption: "Nothing" }).toString(), "Nothing");
});

Deno.test("keyValue() has one pair a row and no head", async () => {
  const settings = keyValue({ data: "attend/acceptability", "learning rate": 2e-5, epochs: 5 });
  assert.equal(settings.toString(), "data           attend/acceptability\nlearning rate  2e-5\nepochs         5");
  assert.doesNotMatch(await html(settings), /<th/);
});
