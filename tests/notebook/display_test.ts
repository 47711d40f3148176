import assert from "node:assert/strict";
import { displayable, jupyterDisplay, liveDisplay, show } from "../../lib/notebook/display.ts";
import { result, RESULT_MIME, resultView } from "../../lib/notebook/result.ts";
import { formatNumber, formatSeconds, heading } from "../../lib/notebook/text.ts";
import { page } from "./screens.ts";

async function printedBy(action: () => Promise<void>): Promise<string[]> {
  const [log, printed] = [console.log, new Array<string>()];
  console.log = (text: string) => printed.push(text);
  try {
    await action();
  } finally {
    console.log = log;
  }
  return printed;
}

Deno.test("show() prints plain text outside a notebook, without colours", async () => {
  const printed = await printedBy(() =>
    show("words", { tp: 719, name: "mcc" }, resultView({ metric: "F1", value: 1 }))
  );
  assert.deepEqual(printed, ["words", '{ tp: 719, name: "mcc" }', "F1 1.00"]);
});

Deno.test("displayable() leaves values alone that bring their own bundle", () => {
  const own = { [jupyterDisplay]: () => ({ "text/html": "<b>own</b>" }) };
  assert.equal(displayable(own), own);
});

Deno.test("liveDisplay() sends what it was given in order, the first as a new display", async () => {
  const { screen, shown } = page();
  const slow = { [jupyterDisplay]: () => new Promise<{ n: string }>((resolve) => setTimeout(resolve, 5, { n: "1" })) };
  const display = liveDisplay(screen);
  display.render(slow);
  display.render({ [jupyterDisplay]: () => ({ n: "2" }) });
  await display.settle();
  assert.deepEqual(shown.map(({ kind, bundle }) => [kind, bundle.n]), [["write", "1"], ["replace", "2"]]);
});

Deno.test("result() says a metric beside its baseline and tells both to the course command", async () => {
  const state = {
    metric: "Matthews correlation",
    value: 0.3149,
    baseline: 0,
    baselineName: "always answering 'acceptable'",
  };
  const bundle = await resultView(state)[jupyterDisplay]();
  assert.equal(bundle["text/plain"], "Matthews correlation 0.31 (always answering 'acceptable': 0.00)");
  assert.deepEqual(bundle[RESULT_MIME], state);
});

Deno.test("result() refuses a value that is no number", () => {
  assert.throws(() => result("Accuracy", NaN), {
    message: "result: Accuracy is NaN; give the finite number that an evaluation returned.",
  });
});

/** Runs a script of its own, as the test runner itself ends at an interrupt. */
async function runScript(body: string): Promise<{ signal: Deno.Signal | null; printed: string }> {
  const module = import.meta.resolve("../../lib/notebook/interrupt.ts");
  const script = `
    import { withInterrupt } from ${JSON.stringify(module)};
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const interrupt = async () => { Deno.kill(Deno.pid, "SIGINT"); await pause(100); };
    ${body}`;
  const { signal, stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", script], stderr: "null" })
    .output();
  return { signal, printed: new TextDecoder().decode(stdout).trim() };
}

const isWindows = Deno.build.os === "windows"; // where no process can send itself an interrupt
const interruptTest = (name: string, fn: () => Promise<void>) => Deno.test({ name, ignore: isWindows, fn });

interruptTest("withInterrupt() aborts its loop at the first interrupt and returns what the loop kept", async () => {
  const { signal, printed } = await runScript(`
    const steps = await withInterrupt(async (signal) => {
      let done = 0;
      setTimeout(() => Deno.kill(Deno.pid, "SIGINT"), 20);
      for (; !signal.aborted; done++) await pause(1);
      return done;
    });
    console.log(steps > 0);`);
  assert.deepEqual([signal, printed], [null, "true"]);
});

interruptTest(
  "withInterrupt() restores the default at the second interrupt, so that a third ends the process",
  async () => {
    const { signal, printed } = await runScript(`
    await withInterrupt(async () => {
      await interrupt();
      await interrupt();
      console.log("still here");
      await interrupt();
      console.log("not here");
    });`);
    assert.deepEqual([signal, printed], ["SIGINT", "still here"]);
  },
);

interruptTest("withInterrupt() leaves interrupts to others when its loop has ended, even by an error", async () => {
  const { signal } = await runScript(`
    await withInterrupt(() => Promise.reject(new Error("the loop failed"))).catch(() => {});
    await interrupt();`);
  assert.equal(signal, "SIGINT");
});

Deno.test("numbers, times and keys read as people write them", () => {
  assert.deepEqual([formatNumber(5), formatNumber(0.68936), formatNumber(2e-5), formatNumber(-0.5, 1)], [
    "5",
    "0.689",
    "2e-5",
    "-0.5",
  ]);
  assert.deepEqual([formatSeconds(4.4), formatSeconds(125), formatSeconds(3780)], ["4 s", "2 min 5 s", "1 h 3 min"]);
  assert.deepEqual([heading("validationLoss"), heading("f1"), heading("macro avg")], [
    "Validation loss",
    "F1",
    "macro avg",
  ]);
});
