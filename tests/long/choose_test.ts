import assert from "node:assert/strict";
import { adapter } from "../gpu.ts";
import { run } from "../run_script.ts";

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
