// The notebook's functions in Deno's real kernel, as a cell calls them.

import assert from "node:assert/strict";
import { Kernel, type Reply } from "../../tasks/kernel/kernel.ts";

interface Sent {
  type: string;
  content: Record<string, unknown>;
}

const cwd = new URL("../../", import.meta.url).pathname;
const library = JSON.stringify(import.meta.resolve("../../lib/notebook/mod.ts"));

async function run(kernel: Kernel, code: string): Promise<{ reply: Reply; sent: Sent[] }> {
  const sent: Sent[] = [];
  const reply = await kernel.execute(code, { onOutput: ({ type, content }) => sent.push({ type, content }) });
  return { reply, sent: sent.filter(({ type }) => type !== "execute_input") };
}

function mimeTypes({ content }: Sent): string[] {
  return Object.keys(Object(content.data)).sort();
}

Deno.test("show() and last expressions bring their bundles to the page, without a word on stderr", async () => {
  await using kernel = await Kernel.start({ cwd });
  await run(kernel, `import { bar, heatmap, profile, progress, show, table, withInterrupt } from ${library};`);

  const figure = await run(kernel, `await show(bar({ a: 1, b: 2 }, { title: "Labels", x: "label", y: "count" }));`);
  assert.deepEqual(figure.sent.map(({ type }) => type), ["display_data"]);
  const figureTypes = ["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"];
  assert.deepEqual(mimeTypes(figure.sent[0]), figureTypes);

  const last = await run(kernel, `heatmap([[1]], { title: "One", x: "column", y: "row", xNames: ["only"] })`);
  assert.deepEqual(last.sent.map(({ type }) => type), ["execute_result"]);
  assert.deepEqual(mimeTypes(last.sent[0]), figureTypes);

  const settings = await run(kernel, `await show(await profile("cola"), table({ n: [1, 2] }), { tp: 719 });`);
  assert.deepEqual(settings.sent.map(mimeTypes), [["text/html", "text/plain"], ["text/html", "text/plain"], [
    "text/plain",
  ]]);
});

Deno.test("progress() updates one display, and Stop ends its loop and nothing else", async () => {
  await using kernel = await Kernel.start({ cwd });
  await run(kernel, `import { progress, withInterrupt } from ${library};`);
  const sent: Sent[] = [];
  const { status } = await kernel.execute(
    `
    const bar = progress({ label: "Training", total: 1e9 });
    let steps = 0;
    await withInterrupt(async (signal) => {
      while (!signal.aborted) {
        bar.update(++steps);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    await bar.done();
    `,
    {
      onOutput({ type, content }) {
        sent.push({ type, content });
        if (sent.filter((message) => message.type === "update_display_data").length === 2) kernel.interrupt();
      },
    },
  );
  assert.equal(status, "ok");
  const displays = sent.filter(({ type }) => type.endsWith("display_data"));
  assert.deepEqual(displays.map(({ type }) => type).slice(0, 3), [
    "display_data",
    "update_display_data",
    "update_display_data",
  ]);
  assert.equal(new Set(displays.map(({ content }) => Object(content.transient).display_id)).size, 1);
  assert.ok(displays.every((display) => mimeTypes(display).includes("application/vnd.attend.progress+json")));
  assert.equal((await run(kernel, `if (!(steps > 1)) throw new Error("the state is gone");`)).reply.status, "ok");
});

Deno.test("check() as a cell's last expression waits for an async function and shows its words", async () => {
  await using kernel = await Kernel.start({ cwd });
  const { reply, sent } = await run(
    kernel,
    `
    import { check } from ${library};
    const later = async (x: number) => await new Promise((resolve) => setTimeout(() => resolve(x), 50));
    check("q1", later, [{ input: [1], expected: 2 }]);
    `,
  );
  assert.equal(reply.status, "ok");
  assert.deepEqual(sent.map(({ type }) => type), ["execute_result"]);
  assert.equal(Object(sent[0].content.data)["text/plain"], "q1: not yet. `later(1)` gave 1; expected 2.");
});
