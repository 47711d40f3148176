// Each notebook in the real kernel, from top to bottom twice without a restart: the first run gives the committed outputs, in the
// second training is interrupted, as a student does, and what comes after it still runs.

import assert from "node:assert/strict";
import { join } from "node:path";
import { Kernel } from "../../tasks/kernel/kernel.ts";
import { isCode, type Notebook, sourceOf } from "../../tasks/kernel/notebook.ts";
import { runCells } from "../../tasks/kernel/run.ts";
import { quietDrivers, ROOT } from "../../tasks/project.ts";
import { differences, readNotebooks } from "../notebooks/committed.ts";

const cwd = join(ROOT, "notebooks");

for (const [name, notebook] of await readNotebooks()) {
  Deno.test(`${name} runs twice in one kernel, with its committed outputs and with an interrupted training`, async (t) => {
    await using kernel = await Kernel.start({ cwd, env: { ATTEND_PROFILE: "quick", ...await quietDrivers() } });

    await t.step("the first run gives the outputs that are committed", async () => {
      const { notebook: run, failure } = await runCells(kernel, notebook, {});
      assert.equal(failure, undefined, told(failure));
      assert.deepEqual(differences(notebook, run), []);
    });

    await t.step("the second one goes on after an interrupt in training", async () => {
      let trainings = 0;
      const { failure } = await runCells(kernel, notebook, {
        onProgress({ label, step, loss }) {
          const isTraining = /^(Training|Fine-tuning)$/.test(label) || loss !== undefined;
          if (trainings > 0 || step < 1 || !isTraining) return;
          trainings += 1;
          kernel.interrupt();
        },
      });
      assert.equal(failure, undefined, told(failure));
      assert.equal(trainings, trains(notebook) ? 1 : 0, "trainings seen");
    });
  });
}

/** Whether a cell of it trains. */
function trains({ cells }: Notebook): boolean {
  return cells.some((cell) => isCode(cell) && /\.(train|backward)\(\)/.test(sourceOf(cell)));
}

function told(failure: { cell: { source: string }; error: { ename: string; evalue: string } } | undefined): string {
  return failure ? `${failure.cell.source}\n${failure.error.ename}: ${failure.error.evalue}` : "";
}
