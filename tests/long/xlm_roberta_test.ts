// A model of the size of xlm-roberta-base (278 million parameters, 1112 MB) within the 4 GiB of wasm32.

import assert from "node:assert/strict";
import { XLMRobertaForSequenceClassification } from "../../lib/models/mod.ts";
import { onDevice } from "../devices.ts";
import { inTemporaryFolder } from "../models/files.ts";
import { childSays, writeRandomModel } from "../models/random_folder.ts";

/** Its config.json, without dropout, so that a step follows from the one before. */
const config = {
  model_type: "xlm-roberta",
  vocab_size: 250002,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  max_position_embeddings: 514,
  type_vocab_size: 1,
  pad_token_id: 1,
  bos_token_id: 0,
  eos_token_id: 2,
  layer_norm_eps: 1e-5,
  hidden_dropout_prob: 0,
  attention_probs_dropout_prob: 0,
  num_labels: 2,
};

Deno.test({
  name:
    "xlm-roberta-base's size loads, predicts and trains with frozen word embeddings; too large a batch says what to do",
  ignore: Deno.build.os !== "linux",
  sanitizeOps: false, // the engine's threads outlive a test on purpose
  sanitizeResources: false,
  fn: () =>
    onDevice("cpu", () =>
      inTemporaryFolder(async (folder) => {
        await writeRandomModel(folder, XLMRobertaForSequenceClassification, config);
        const said = await childSays(new URL("xlm_roberta_run.ts", import.meta.url), [folder]);
        const parameters = Number(said.parameterMegabytes);
        assert.ok(parameters > 1112 && parameters < 1113, `${parameters} MB of parameters`);
        assert.ok(Number(said.loadedMegabytes) < 1.3 * parameters + 150, `${said.loadedMegabytes} MB to load`);
        assert.ok(Array.isArray(said.logits) && said.logits.flat().every(Number.isFinite), `${said.logits}`);
        assert.ok(Array.isArray(said.losses) && said.losses.every(Number.isFinite), `${said.losses}`);
        assert.ok(said.losses[1] < said.losses[0], `${said.losses}`);
        assert.equal(said.frozenRowsChanged, false);
        assert.match(
          String(said.tooLarge),
          /no memory for .* WebAssembly's memory ends at 4096 MiB; freeze the embeddings, or take a smaller batch/,
        );
      })),
});
