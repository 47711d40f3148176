// The ways in which the local hub's repositories hold one and the same model, against its plain twin and against Transformers' numbers.

import assert from "node:assert/strict";
import { AutoModel, AutoModelForMaskedLM, type PreTrainedModel } from "../../lib/models/mod.ts";
import { onDevice } from "../devices.ts";
import { sharedPath, sharedTest } from "../shared.ts";

interface Expected {
  batch: Record<string, number[][]>;
  last_hidden_state_first8: number[][];
  last_hidden_state_sum_of_squares: number[];
}

const repo = (name: string) => sharedPath(`hub/repos/models/${name}`);

async function valuesOf(model: PreTrainedModel): Promise<Map<string, ArrayLike<number>>> {
  const entries = Array.from(model.namedParameters(), async ([name, tensor]) => [name, await tensor.data()] as const);
  return new Map(await Promise.all(entries));
}

const twins = { sharded: 0, legacy: 0, "legacy-zip": 0, f16: 2 ** -11, bf16: 2 ** -8 };

for (const [twin, rounding] of Object.entries(twins)) {
  sharedTest(
    `fromPretrained() gives the values of tiny-bert from tiny-bert-${twin}`,
    () =>
      onDevice("cpu", async () => {
        const [plain, other] = await Promise.all(["tiny-bert", `tiny-bert-${twin}`].map((name) => {
          return AutoModelForMaskedLM.fromPretrained(repo(`attend-test/${name}`));
        }));
        assert.deepEqual(other.loadReport!.missing, []);
        assert.deepEqual([...other.loadReport!.unexpected].sort(), [...plain.loadReport!.unexpected].sort());
        const found = await valuesOf(other);
        for (const [name, values] of await valuesOf(plain)) {
          const close = Array.from(values).every((value, i) => {
            return Math.abs(found.get(name)![i] - value) <= rounding * Math.abs(value) + (rounding && 2 ** -25);
          });
          assert.ok(close, name);
        }
      }),
  );
}

sharedTest("AutoModel gives Transformers' hidden states with every model of the local hub", async () => {
  const { models } = JSON.parse(await Deno.readTextFile(sharedPath("hub/local/expected.json")));
  for (const [name, reference] of Object.entries<Expected>(models)) {
    await onDevice("cpu", async () => {
      const model = (await AutoModel.fromPretrained(repo(name))).eval();
      assert.deepEqual(model.loadReport!.missing, [], name);
      const states = model.forward(reference.batch).lastHiddenState;
      const [rows, length, hidden] = states.shape;
      const values = await states.data();
      for (let row = 0; row < rows; row++) {
        const own = values.subarray(row * length * hidden, (row + 1) * length * hidden);
        reference.last_hidden_state_first8[row].forEach((value, i) => {
          assert.ok(Math.abs(own[i] - value) <= 2e-5, `${name}: ${own[i]}, not ${value}`);
        });
        const squares = Array.from(own).reduce((sum, value) => sum + value * value, 0);
        const expected = reference.last_hidden_state_sum_of_squares[row];
        assert.ok(
          Math.abs(squares - expected) <= 1e-4 * expected,
          `${name}: sum of squares ${squares}, not ${expected}`,
        );
      }
      model.dispose();
    });
  }
});
