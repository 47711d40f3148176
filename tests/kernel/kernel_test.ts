import assert from "node:assert/strict";
import { Kernel, KernelDied } from "../../tasks/kernel/kernel.ts";
import { decode, encode } from "../../tasks/kernel/wire.ts";

Deno.test("Kernel.execute() tells how a cell ended", async () => {
  await using kernel = await Kernel.start({ cwd: Deno.cwd() });
  assert.deepEqual(await kernel.execute("const x = 1;"), { status: "ok", executionCount: 1, error: undefined });
  const { status, error } = await kernel.execute("x = 2");
  assert.equal(status, "error");
  assert.equal(error?.ename, "TypeError");
  assert.equal(kernel.languageInfo.name, "typescript");
});

Deno.test("Kernel.execute() answers prompt() where an answer is given, else with null", async () => {
  await using kernel = await Kernel.start({ cwd: Deno.cwd() });
  const shown: unknown[] = [];
  const onOutput = ({ content }: { content: Record<string, unknown> }) => shown.push(content.text);
  await kernel.execute('console.log(prompt("name?"))', { onOutput, onInput: (question) => `not ${question}` });
  await kernel.execute('console.log(prompt("name?"))', { onOutput });
  assert.deepEqual(shown.filter((text) => text !== undefined), ["not name?\n", "null\n"]);
});

Deno.test("Kernel.terminateCell() ends a cell that computes without pause and keeps the kernel's state", async () => {
  await using kernel = await Kernel.start({ cwd: Deno.cwd() });
  await kernel.execute("let n = 0;");
  const cell = kernel.execute("while (true) n++;");
  setTimeout(() => kernel.terminateCell(), 200);
  assert.equal((await cell).status, "error");
  assert.equal((await kernel.execute("if (n === 0) throw new Error();")).status, "ok");
});

Deno.test("Kernel.shutdown() ends a kernel that hangs, and its cell", async () => {
  const kernel = await Kernel.start({ cwd: Deno.cwd() });
  const cell = assert.rejects(kernel.execute("while (true) {}"), KernelDied);
  await kernel.shutdown();
  await cell;
  await assert.rejects(kernel.execute("1"), KernelDied);
});

Deno.test("decode() reads what encode() wrote and refuses another key", () => {
  const { id, frames } = encode({ type: "execute_request", content: { code: "é" }, session: "s", key: "secret" });
  const bytes = frames.map((frame) => new TextEncoder().encode(frame));
  assert.deepEqual(decode([new Uint8Array([0, 255]), ...bytes], "secret"), {
    type: "execute_request",
    id,
    parent: undefined,
    content: { code: "é" },
  });
  assert.throws(() => decode(bytes, "other"), /wrong signature/);
  assert.throws(() => decode(bytes.slice(0, 3), "secret"), /3 frames/);
});
