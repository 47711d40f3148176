// Loading takes hardly more memory than the model: 1.3 times the parameters and 150 MB for the process, as Linux counts it.

import assert from "node:assert/strict";
import { BertModel } from "../../lib/models/mod.ts";
import { onDevice } from "../devices.ts";
import { inTemporaryFolder } from "./files.ts";
import { childSays, writeRandomModel } from "./random_folder.ts";

Deno.test({
  name: "fromPretrained() stays below 1.3 times the parameters and 150 MB",
  ignore: Deno.build.os !== "linux",
  sanitizeOps: false, // the engine's threads outlive a test on purpose
  sanitizeResources: false,
  fn: () =>
    onDevice("cpu", () =>
      inTemporaryFolder(async (folder) => {
        const config = {
          model_type: "bert",
          vocab_size: 60000,
          hidden_size: 768,
          num_hidden_layers: 1,
          num_attention_heads: 12,
          intermediate_size: 3072,
          max_position_embeddings: 64,
        };
        await writeRandomModel(folder, BertModel, config);
        const said = await childSays(new URL("loading_run.ts", import.meta.url), [folder]);
        const [peak, parameters] = [Number(said.peakMegabytes), Number(said.megabytes)];
        assert.ok(parameters > 200, `${parameters} MB are too few to tell`);
        assert.ok(peak < 1.3 * parameters + 150, `${peak} MB at most for ${parameters} MB of parameters`);
      })),
});
