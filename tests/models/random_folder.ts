// Folders of models as large as a test wants them, with random weights, written tensor by tensor.

import { join } from "node:path";
import { writeFile } from "../../lib/hub/write.ts";
import { type ModelConfig, type PreTrainedModel, type WritableTensor, writeSafetensors } from "../../lib/models/mod.ts";
import { withoutInit } from "../../lib/nn/mod.ts";
import { Random, sizeOf } from "../../lib/tensor/mod.ts";

/** Writes config.json and model.safetensors; a million normal numbers are used again and again, as only the size matters. */
export async function writeRandomModel(
  folder: string,
  Model: new (config: ModelConfig) => PreTrainedModel,
  config: ModelConfig,
): Promise<void> {
  const random = new Random(1);
  const noise = Float32Array.from({ length: 2 ** 20 }, () => 0.02 * random.normal());
  const model = withoutInit(() => new Model(config));
  const tensors = Array.from(model.namedParameters(), ([name, { shape }]): [string, WritableTensor] => {
    const values = () => {
      const all = new Float32Array(sizeOf(shape));
      if (/(layer_norm|LayerNorm)\.weight$/.test(name)) return all.fill(1);
      for (let at = 0; at < all.length; at += noise.length) all.set(noise.subarray(0, all.length - at), at);
      return all;
    };
    return [name, { shape, values }];
  });
  model.dispose();
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await writeFile(join(folder, "model.safetensors"), writeSafetensors(new Map(tensors)));
}

/** Runs a script of the tests in a process of its own and gives what it said, a JSON object in each line, together. */
export async function childSays(script: URL, args: readonly string[]): Promise<Record<string, unknown>> {
  const config = new URL("../../deno.json", import.meta.url);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", config.pathname, script.pathname, ...args],
    env: { ATTEND_DEVICE: "cpu" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  return Object.assign({}, ...lines.map((line) => JSON.parse(line)));
}
