// A config.json with a field that is missing or absurd: an error in a sentence of ours, or a model. Never a hang, a crash or a TypeError
// of JavaScript's own.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { Random } from "../../lib/tensor/mod.ts";
import { deviceTest } from "../devices.ts";
import { inTemporaryFolder } from "./files.ts";

const ABSURD = [undefined, null, -1, 0, 0.5, 7, 1e9, 1e300, "x", "", [], {}, { 0: null }, true];

for (const family of ["bert", "distilbert", "roberta", "xlm-roberta", "albert", "electra"]) {
  deviceTest(
    "cpu",
    `fromPretrained() reads 100 damaged configs of ${family}, or says in a sentence what is wrong`,
    () =>
      inTemporaryFolder(async (folder) => {
        const whole = fileURLToPath(new URL(`../fixtures/models/${family}`, import.meta.url));
        const config = JSON.parse(Deno.readTextFileSync(join(whole, "config.json")));
        Deno.copyFileSync(join(whole, "model.safetensors"), join(folder, "model.safetensors"));
        const random = new Random(14);
        let read = 0, refused = 0;
        for (let i = 0; i < 100; i++) {
          const keys = Object.keys(config);
          const changed = { ...config, [keys[random.integer(keys.length)]]: ABSURD[random.integer(ABSURD.length)] };
          Deno.writeTextFileSync(join(folder, "config.json"), JSON.stringify(changed));
          try {
            const model = await AutoModelForSequenceClassification.fromPretrained(folder);
            const { logits } = model.eval().forward({ input_ids: [[2, 7, 9, 3]] });
            assert.equal((await logits.data()).length, logits.size);
            logits.dispose();
            model.dispose();
            read++;
          } catch (error) {
            const isOurs = error instanceof Error &&
              !/undefined|not a function|not iterable|Cannot|Invalid/.test(error.message);
            assert.ok(isOurs && /\.$/.test(error.message), `${error}`);
            refused++;
          }
        }
        assert.ok(read > 10 && refused > 10, `${read} read, ${refused} refused`);
      }),
  );
}

deviceTest(
  "cpu",
  "fromPretrained() says that a config is no JSON object or names no family",
  () =>
    inTemporaryFolder(async (folder) => {
      const refused = async (text: string, message: RegExp) => {
        Deno.writeTextFileSync(join(folder, "config.json"), text);
        await assert.rejects(AutoModelForSequenceClassification.fromPretrained(folder), message);
      };
      await refused("{", /config.json is not JSON: /);
      await refused("[]", /config.json has no model_type/);
      await refused('{"model_type": 5}', /config.json has no model_type/);
      await refused('{"model_type": "toString"}', /family "toString" is not supported; these are: bert/);
    }),
);
