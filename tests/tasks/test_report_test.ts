import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../tasks/project.ts";
import { Counter, readSkipped, readTotals } from "../../tasks/test/report.ts";

Deno.test("readTotals() reads Deno's last line, and counts a run without one as failed", () => {
  assert.deepEqual(readTotals("FAILED | 1 passed | 3 failed (1 step) | 2 ignored (1 step) (356ms)", 1), {
    passed: 1,
    failed: 3,
  });
  assert.deepEqual(readTotals("x\nok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)\n", 0), {
    passed: 12,
    failed: 0,
  });
  assert.deepEqual(readTotals("error: Type checking failed.", 1), { passed: 0, failed: 1 });
  assert.deepEqual(readTotals("ok | 3 passed | 0 failed", 137), { passed: 3, failed: 1 });
});

Deno.test("readSkipped() gives the names of ignored tests only", () => {
  const junit = `<testsuites><testcase name="a &lt;b&gt; &amp;lt;" classname="./tests/a_test.ts" time="0">
            <skipped/>
        </testcase><testcase name="c" classname="./tests/a_test.ts" time="0">
        </testcase></testsuites>`;
  assert.deepEqual(readSkipped(junit), ["a <b> &lt; (tests/a_test.ts)"]);
});

Deno.test("Counter takes the reporter's marks and leaves other lines", () => {
  const counter = new Counter(false);
  const lines = [".", ",", "!", "ok | 3 passed | 0 failed (1s)", "..", "printed by a test", ""];
  assert.deepEqual(lines.filter((line) => !counter.sees(line)), ["..", "printed by a test", ""]);
});

Deno.test("the test task names what it skipped and fails with a failing test", async () => {
  const folder = await Deno.makeTempDir();
  const tests = `Deno.test("fine", () => {});
    Deno.test.ignore("softmax on webgpu", () => {});
    Deno.test("wrong", () => { throw new Error("told"); });`;
  await Deno.writeTextFile(join(folder, "a_test.ts"), tests);
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(ROOT, "tasks", "test.ts"), folder],
  }).output();
  await Deno.remove(folder, { recursive: true });
  const said = new TextDecoder().decode(stdout);
  assert.equal(code, 1);
  assert.match(said, /Error: told/);
  assert.match(said, /skipped: softmax on webgpu/);
  assert.match(said, /\n1 passed, 1 failed, 1 skipped\n$/);
});
