import assert from "node:assert/strict";
import { adapter } from "../gpu.ts";
import { run } from "../run_script.ts";

const printDevice = `const { device, tensor } = await import("lib");
await tensor([1, 2]).gelu().data();
console.log(JSON.stringify(device()));`;

Deno.test("device() is the one that ATTEND_DEVICE names, and says so", async () => {
  const { out, error } = await run(printDevice, { ATTEND_DEVICE: "cpu", ATTEND_BLAS: "none" });
  assert.ok(out, error);
  const { name, blas, threads, reason } = JSON.parse(out);
  assert.equal(name, "cpu");
  assert.equal(blas, null);
  assert.ok(threads >= 1);
  assert.match(reason, /ATTEND_DEVICE is "cpu"/);
});

Deno.test({
  name: "device() is webgpu where ATTEND_DEVICE asks for it",
  ignore: !adapter,
  fn: async () => {
    const { out, error } = await run(printDevice, { ATTEND_DEVICE: "webgpu" });
    assert.ok(out, error);
    assert.equal(JSON.parse(out).name, "webgpu");
  },
});

Deno.test("ATTEND_BLAS with a path that cannot be loaded is an error that names it, and the process lives", async () => {
  const script = `const said = await import("lib").catch(({ message }) => message);
    console.log(said);`;
  const { out, error } = await run(script, { ATTEND_DEVICE: "cpu", ATTEND_BLAS: "/nowhere/libblas.so" });
  assert.match(
    out,
    /^ATTEND_BLAS: cannot use "\/nowhere\/libblas\.so" \(.+\); name a library with cblas_sgemm, or "none"\.$/,
    error,
  );
});

Deno.test("device() says once that there is no BLAS, and which command fetches one, where none is found", async () => {
  const { out, error } = await run(printDevice, { ATTEND_DEVICE: "cpu", ATTEND_BLAS: "none" });
  const { reason } = JSON.parse(out);
  assert.match(reason, /no BLAS is used, products run in WebAssembly; `deno task blas` fetches one/);
  assert.equal(reason.match(/BLAS/g).length, 1);
  assert.equal(error, "", "nothing else is said");
});

Deno.test("ATTEND_DEVICE with another word is an error that names both devices", async () => {
  const { ok, error } = await run(printDevice, { ATTEND_DEVICE: "gpu" });
  assert.equal(ok, false);
  assert.match(error, /ATTEND_DEVICE is "gpu"; it must be "cpu" or "webgpu"/);
});
