// Real weights and the small models of the local hub through the library's own tokenizers, against the hidden states that Transformers gives.

import assert from "node:assert/strict";
import {
  type AutoClass,
  AutoModel,
  AutoModelForMaskedLM,
  AutoModelForPreTraining,
  AutoModelForSequenceClassification,
  AutoModelForTokenClassification,
  type PreTrainedModel,
} from "../../lib/models/mod.ts";
import { functional } from "../../lib/nn/mod.ts";
import { tensor } from "../../lib/tensor/mod.ts";
import { AutoTokenizer } from "../../lib/tokenizers/mod.ts";
import { onDevice } from "../devices.ts";
import { goldenJson } from "../golden.ts";
import { sharedPath, sharedTest } from "../shared.ts";
import { assertClose } from "../test_op.ts";

interface Expected {
  readonly model_class: string;
  readonly last_hidden_state_shape: number[];
  /** Of each row, the first token's first numbers, with six decimals. */
  readonly last_hidden_state_first8: number[][];
  /** Of each row, over its real tokens. */
  readonly last_hidden_state_sum_of_squares: number[];
  readonly pooler_output_first8: number[][] | null;
}

const folder = (name: string) => sharedPath(`hub/repos/models/${name}`);
const MINI_LM = "sentence-transformers/all-MiniLM-L6-v2";

sharedTest(
  "AutoModel gives Transformers' hidden states for every model of the local hub",
  () =>
    onDevice("cpu", async () => {
      const { probes, models } = JSON.parse(Deno.readTextFileSync(sharedPath("hub/local/expected.json")));
      assert.equal(Object.keys(models).length, 12);
      for (const [name, expected] of Object.entries<Expected>(models)) {
        const tokenizer = await AutoTokenizer.fromPretrained(folder(name));
        const model = (await AutoModel.fromPretrained(folder(name))).eval();
        assert.equal(model.constructor.name, expected.model_class, name);
        const { lastHiddenState, poolerOutput } = model.forward(tokenizer(probes.slice(0, 2), { padding: true }));
        assert.deepEqual(lastHiddenState.shape, expected.last_hidden_state_shape, name);
        const [rows, length, hidden] = lastHiddenState.shape;
        const states = Float32Array.from(await lastHiddenState.data());
        for (let row = 0; row < rows; row++) {
          const own = states.subarray(row * length * hidden, (row + 1) * length * hidden);
          assertClose(own.subarray(0, 8), expected.last_hidden_state_first8[row], 2e-5, `${name}: row ${row}`);
          const squares = own.reduce((sum, value) => sum + value * value, 0);
          const total = expected.last_hidden_state_sum_of_squares[row];
          assertClose([squares], [total], 2e-5 * total, `${name}: sum of squares of row ${row}`);
        }
        const pooled = await poolerOutput?.data();
        assert.equal(pooled === undefined, expected.pooler_output_first8 === null, `${name}: pooler`);
        expected.pooler_output_first8?.forEach((first8, row) =>
          assertClose(pooled!.subarray(row * hidden, row * hidden + 8), first8, 2e-5, `${name}: pooler of row ${row}`)
        );
        model.dispose();
      }
    }),
);

sharedTest(
  "meanPool() and cosineSimilarity() of all-MiniLM-L6-v2 give Transformers' sentence vectors and similarities",
  () =>
    onDevice("cpu", async () => {
      const expected = goldenJson<{ texts: string[]; first8: number[][]; norms: number[]; cosine: number[][] }>(
        "sentence_embeddings.json",
      );
      const tokenizer = await AutoTokenizer.fromPretrained(folder(MINI_LM));
      const model = (await AutoModel.fromPretrained(folder(MINI_LM))).eval();
      const batch = tokenizer(expected.texts, { padding: true });
      const mask = tensor(batch.attention_mask!, { dtype: "int32" });
      const vectors = functional.meanPool(model.forward(batch).lastHiddenState, mask); // (4, 384)
      const values = await vectors.data();
      expected.first8.forEach((first8, i) =>
        assertClose(values.subarray(i * 384, i * 384 + 8), first8, 1e-5, expected.texts[i])
      );
      assertClose(await vectors.square().sum(-1).sqrt().data(), expected.norms, 2e-5, "norms");
      const pairs = functional.cosineSimilarity(vectors.reshape([4, 1, 384]), vectors.reshape([1, 4, 384]));
      assertClose(await pairs.data(), expected.cosine.flat(), 1e-5, "cosine similarities");
      model.dispose();
    }),
);

sharedTest(
  "loadReport tells what Transformers tells, for every model of the local hub under every auto class",
  () =>
    onDevice("cpu", async () => {
      const kinds: Record<string, AutoClass<PreTrainedModel>> = {
        base: AutoModel,
        sequence: AutoModelForSequenceClassification,
        token: AutoModelForTokenClassification,
        mlm: AutoModelForMaskedLM,
        pretraining: AutoModelForPreTraining,
      };
      const { reports } = goldenJson<
        { reports: Record<string, { class: string; missing: string[]; unexpected: string[] }> }
      >(
        "load_reports.json",
      );
      for (const [key, expected] of Object.entries(reports)) {
        const [name, kind] = key.split(" ");
        const model = await kinds[kind].fromPretrained(folder(name));
        assert.equal(model.constructor.name, expected.class, key);
        const missing = expected.missing.filter((tensor) => !(tensor in model.tiedNames)); // told once here, by its first name
        assert.deepEqual([...model.loadReport!.missing].sort(), missing, `${key}: missing`);
        // here in the file's own words; Python renames old ones in some
        const renamed = (names: readonly string[]) =>
          names.map((name) => name.replace(/gamma$/, "weight").replace(/beta$/, "bias")).sort();
        assert.deepEqual(renamed(model.loadReport!.unexpected), renamed(expected.unexpected), `${key}: unexpected`);
        model.dispose();
      }
    }),
);
