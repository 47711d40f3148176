// Ctrl-C, or the Stop button, in loops over data. Each is a process of its own, as the test runner itself ends at an interrupt.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

async function runScript(body: string): Promise<{ signal: Deno.Signal | null; printed: string[] }> {
  const script = `
    import { DataLoader, Dataset, IterableDataset, setDataSurroundings } from "./lib/data/mod.ts";
    import { listenForInterrupt, withInterrupt } from "./lib/notebook/interrupt.ts";
    setDataSurroundings({ listenForInterrupt });
    const data = Dataset.fromDict({ x: Array.from({ length: 5000 }, (_, i) => i) });
    const interrupt = () => Deno.kill(Deno.pid, "SIGINT");
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const said = ({ name, message }) => console.log(name + " " + message);
    ${body}`;
  const { signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    cwd: root,
    signal: AbortSignal.timeout(60_000), // a loop that heard nothing goes on for ever
  }).output();
  const printed = new TextDecoder().decode(stdout).trim().split("\n");
  return { signal, printed: printed[0] === "" ? [new TextDecoder().decode(stderr)] : printed };
}

const interruptTest = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, ignore: Deno.build.os === "windows", fn }); // where no process can send itself an interrupt

interruptTest("map() ends with a sentence when it is stopped, and the process goes on", async () => {
  const { signal, printed } = await runScript(`
    await data.map(async (batch) => { if (batch.x[0] === 2000) interrupt(); await pause(5); return {}; }, { batched: true })
      .catch(said);
    console.log((await data.map(() => ({ y: 1 }))).numRows);`);
  assert.equal(signal, null);
  assert.match(printed[0], /^AbortError map: stopped by an interrupt after [345]000 of 5000 rows\.$/);
  assert.equal(printed[1], "5000");
});

interruptTest(
  "a loop over a DataLoader ends with a sentence when it is stopped, also where nothing in it pauses",
  async () => {
    const { signal, printed } = await runScript(`
    let batches = 0;
    try {
      for (let epoch = 0; epoch < 1e6; epoch++) {
        for await (const batch of new DataLoader({ dataset: data, batchSize: 50 })) if (++batches === 10) interrupt();
      }
    } catch (error) { said(error); }
    for await (const _ of new DataLoader({ dataset: data, batchSize: 2500 })) console.log("again");`);
    assert.equal(signal, null);
    assert.match(printed[0], /^AbortError DataLoader: stopped by an interrupt after \d+ of 100 batches\.$/);
    assert.deepEqual(printed.slice(1), ["again", "again"]);
  },
);

interruptTest("a stream ends with a sentence when it is stopped, also where nothing in it pauses", async () => {
  const { signal, printed } = await runScript(`
    const endless = new IterableDataset(async function* () { for (let n = 0;; n++) yield { n }; });
    try {
      for await (const { n } of endless.filter(({ n }) => n % 2 === 0)) if (n === 100) interrupt();
    } catch (error) { said(error); }`);
  assert.equal(signal, null);
  assert.match(printed[0], /^AbortError IterableDataset: stopped by an interrupt after \d+ rows\.$/);
});

interruptTest(
  "a DataLoader leaves an interrupt to the loop around it, and to others when its own has ended",
  async () => {
    const { signal, printed } = await runScript(`
    const seen = await withInterrupt(async (signal) => {
      let batches = 0;
      for await (const _ of new DataLoader({ dataset: data, batchSize: 50 })) {
        if (signal.aborted) break;
        if (++batches === 10) interrupt();
        await pause(20);
      }
      return batches < 100;
    });
    console.log(seen);
    for await (const _ of new DataLoader({ dataset: data })) break;
    interrupt();
    await pause(1000);
    console.log("not here");`);
    assert.deepEqual([signal, printed], ["SIGINT", ["true"]]);
  },
);
