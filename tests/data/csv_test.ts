// fixtures/data/csv.json: what Datasets 5.0.1 (pandas 3.1) gives for each text, `load_dataset("csv", data_files=…)`: types by column
// ("large_string" as "string"), values by column, infinities as text.
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ClassLabel, loadDataset, Value } from "../../lib/data/mod.ts";
import { csvColumns, npmCsv, stdCsv, wholeRecords } from "../../lib/data/csv.ts";
import { formatOfPath, typedColumns } from "../../lib/data/formats.ts";
import { goldenJson } from "../golden.ts";

interface Case {
  readonly text: string;
  readonly features: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
}

const cases = Object.entries(goldenJson<Record<string, Case>>("data/csv.json"));
const std = await stdCsv();
const parsers = [
  { name: "npm:csv-parse", parse: npmCsv, ignore: false },
  { name: "jsr:@std/csv", parse: std ?? npmCsv, ignore: std === undefined },
];
const plain = (value: unknown) => value === Infinity ? "Infinity" : value === -Infinity ? "-Infinity" : value;

/** The text one piece after the other; a BOM is the decoder's to take off. */
const pieces = (text: string, size: number) =>
  ReadableStream.from(
    Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size)),
  );

for (const { name, parse, ignore } of parsers) {
  Deno.test({
    name: `csvColumns() gives the types and values of pandas by ${name}, wherever the pieces are cut`,
    ignore,
    async fn() {
      for (const [what, { text, features, columns }] of cases) {
        for (const size of [1, 2, 3, 7, text.length]) {
          const [cells] = await Array.fromAsync(
            csvColumns(pieces(text.replace(/^\uFEFF/, ""), size), parse, { delimiter: "," }),
          );
          const typed = typedColumns(formatOfPath("a.csv"), cells, {}, undefined);
          const dtypes = Object.entries(typed.features).map(([column, feature]) => [column, String(feature)]);
          assert.deepEqual(
            Object.fromEntries(dtypes),
            Object.fromEntries(Object.entries(features).map(([c, d]) => [c, `Value('${d}')`])),
            what,
          );
          for (const [column, values] of Object.entries(columns)) {
            assert.deepEqual(typed.columns[column].map(plain), values, `${what}, column ${column}, pieces of ${size}`);
          }
        }
      }
    },
  });

  Deno.test({
    name: `csvColumns() names row or line by ${name} when the text is wrong`,
    ignore,
    async fn() {
      const read = (text: string, delimiter = ",") =>
        Array.fromAsync(csvColumns(pieces(text, 5), parse, { delimiter }));
      await assert.rejects(read("a,b\n1,2\n3,4,5\n"), /row 2 has 3 cells and there are 2 columns/);
      await assert.rejects(
        read('a,b\n"x\ny",2\n"open,1\n2,3\n'),
        /line 4: the quoted cell that begins here never ends/,
      );
      await assert.rejects(
        read('a,b\n"x" y,2\n'),
        /line 2: a quoted cell is followed by text; write a quote inside it as ""/,
      );
      await assert.rejects(read("a\n1\n", ";;"), /delimiter is ";;"; it must be one character/);
    },
  });
}

Deno.test("wholeRecords() cuts a long text only between records", async () => {
  const text = Array.from({ length: 200 }, (_, i) => `"line ""${i}""\nand more",${i}\n`).join("");
  const stretches = await Array.fromAsync(wholeRecords(pieces(text, 37), ","));
  assert.ok(stretches.length > 50);
  assert.equal(stretches.join(""), text);
  for (const stretch of stretches) assert.match(stretch, /^("line ""\d+""\nand more",\d+\n)+$/);
});

Deno.test("loadDataset() reads CSV files by kind: one, a list, a pattern, by split, with other delimiters and names", async () => {
  const folder = await Deno.makeTempDir();
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  try {
    await write("one.csv", '\uFEFFtext;stars\r\n"a; b";5\r\nNA;\r\n');
    await write("two.data", "text;stars\nc;1\n");
    const one = join(folder, "one.csv");
    const set = await loadDataset("csv", { dataFiles: one, delimiter: ";" });
    assert.deepEqual(set.keys(), ["train"]);
    assert.deepEqual(set.train.toArray(), [{ text: "a; b", stars: 5 }, { text: null, stars: null }]);
    assert.equal(String(set.train.features.stars), "Value('float64')");
    const both = await loadDataset("csv", { dataFiles: [one, join(folder, "two.data")], sep: ";", split: "train[1:]" });
    assert.deepEqual(both.column("text"), [null, "c"]);
    const bySplit = await loadDataset("csv", {
      dataFiles: { train: one, test: join(folder, "*.data") },
      delimiter: ";",
    });
    assert.deepEqual(bySplit.numRows, { train: 2, test: 1 });
    const named = await loadDataset("csv", {
      dataFiles: join(folder, "two.data"),
      delimiter: ";",
      columnNames: ["t", "s"],
    });
    assert.deepEqual(named.train.column("s"), ["stars", "1"]);
    await write("typed.csv", "id,flag,label\n007,True,pos\nNA,0,neg\n");
    const features = {
      id: new Value("string"),
      flag: new Value("bool"),
      label: new ClassLabel({ names: ["neg", "pos"] }),
    };
    const typed = await loadDataset("csv", { dataFiles: join(folder, "typed.csv"), features, split: "train" });
    assert.deepEqual(typed.slice(), { id: ["007", null], flag: [true, false], label: [1, 0] });
    await assert.rejects(
      loadDataset("csv", { dataFiles: join(folder, "typed.csv"), features: { ...features, id: new Value("bool") } }),
      /Column "id": "007" is no Value\('bool'\)/,
    );
    await assert.rejects(
      loadDataset("csv", { dataFiles: { test: join(folder, "three.csv") }, split: "test" }),
      /there is no file ".*three.csv"; check the path/,
    );
    await assert.rejects(loadDataset("csv"), /"csv" needs dataFiles, such as/);
    await assert.rejects(
      loadDataset("csv", { dataFiles: one, delimiter: ";", split: "test" }),
      /"csv" has no split "test"; it has train/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadDataset() reads CSV, and the program ends, where JSR is closed, silent, or must not be asked", async () => {
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 }); // takes connections and says nothing
  const folder = await Deno.makeTempDir();
  const root = fileURLToPath(new URL("../../", import.meta.url));
  try {
    await Deno.writeTextFile(join(folder, "a.csv"), "a,b\n1,x\n");
    const program = `import { loadDataset } from "./lib/data/mod.ts";
      console.log(JSON.stringify((await loadDataset("csv", { dataFiles: ${
      JSON.stringify(join(folder, "a.csv"))
    } })).train.toArray()));`;
    const places: Record<string, string>[] = [
      { JSR_URL: "http://127.0.0.1:9" },
      { JSR_URL: `http://127.0.0.1:${silent.addr.port}` },
      { JSR_URL: `http://127.0.0.1:${silent.addr.port}`, HF_HUB_OFFLINE: "1" },
    ];
    for (const env of places) {
      const signal = AbortSignal.timeout(30_000);
      const child = new Deno.Command(Deno.execPath(), { args: ["eval", program], cwd: root, env, signal });
      const { stdout, stderr } = await child.output();
      const said = new TextDecoder().decode(stdout);
      assert.equal(said.trim(), '[{"a":1,"b":"x"}]', new TextDecoder().decode(stderr));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
