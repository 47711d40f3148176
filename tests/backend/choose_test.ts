import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { adapter } from "../gpu.ts";

/** Runs a script that imports the library in a process of its own, as the choice is made once a process. */
async function run(script: string, env: Record<string, string>): Promise<{ ok: boolean; out: string; error: string }> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    cwd: root,
    env,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { ok: success, out: text(stdout), error: text(stderr) };
}

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

Deno.test({
  name: "chooseDevice() times webgpu and cpu on a real adapter, takes the faster and remembers the times",
  ignore: !adapter,
  fn: async () => {
    // the software adapter stands in for a real one; the trial is the library's own
    const script = `const { chooseDevice, device } = await import("./lib/backend/choose.ts");
      const { timeTrainingStep } = await import("./lib/models/trial.ts");
      let trials = 0;
      const trial = (backend) => (trials++, timeTrainingStep(backend));
      const gpu = { find: () => navigator.gpu.requestAdapter(), isSoftware: () => false };
      await chooseDevice(trial, gpu);
      console.log(JSON.stringify({ ...device(), trials }));
      Deno.exit(0);`;
    const cache = await Deno.makeTempDir();
    const choose = async () => {
      const { out, error } = await run(script, { XDG_CACHE_HOME: cache });
      assert.ok(out, error);
      return JSON.parse(out);
    };
    const first = await choose();
    const [, cpu, webgpu] = first.reason.match(/CPU ([\d.]+) ms, GPU ([\d.]+) ms/);
    assert.equal(first.name, Number(cpu) < Number(webgpu) ? "cpu" : "webgpu");
    assert.equal(first.trials, 2);
    const second = await choose();
    assert.equal(second.trials, 0);
    assert.match(second.reason, /measured earlier/);
    await Deno.remove(cache, { recursive: true });
  },
});
