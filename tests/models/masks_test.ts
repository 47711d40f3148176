// Rows padded on the left, with holes, and with one token only: BERT, DistilBERT, ALBERT and ELECTRA count positions by column, RoBERTa by
// the ids that are not padding, whatever the mask says. Numbers: Transformers, see each fixture's `about`.

import { AutoModelForSequenceClassification } from "../../lib/models/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson } from "../golden.ts";
import { assertClose } from "../test_op.ts";
import { largest, lossOf, modelFolder } from "./reference.ts";

interface MaskedRows {
  readonly input_ids: number[][];
  readonly attention_mask: number[][];
  readonly labels: number[];
  readonly loss: number;
  readonly logits: number[][];
  readonly last_hidden_state: number[];
  readonly gradients: Readonly<Record<string, number[]>>;
}

for (const family of ["bert", "distilbert", "roberta", "albert", "electra"]) {
  for (const device of ["cpu", "webgpu"] as const) {
    deviceTest(device, `${family} gives PyTorch's numbers under left padding and holed masks`, async () => {
      const expected = goldenJson<MaskedRows>(`masks/${family}.json`);
      const model = (await AutoModelForSequenceClassification.fromPretrained(modelFolder(family))).eval();
      const { input_ids, attention_mask, labels } = expected;
      const out = model.forward({ input_ids, attention_mask, labels }, { outputHiddenStates: true });
      assertClose(
        await out.logits.data(),
        expected.logits.flat(),
        2e-5 * (1 + largest(expected.logits.flat())),
        "logits",
      );
      assertClose([await out.loss!.item()], [expected.loss], 2e-5 * (1 + expected.loss), "loss");
      const short = model.forward({ input_ids, attention_mask, labels }); // nothing else asked for: the last layer on first tokens only
      assertClose(await short.logits.data(), await out.logits.data(), 1e-5, "logits of the short last layer");
      const mask = attention_mask.flat();
      const hidden = expected.last_hidden_state.length / mask.length;
      const real = expected.last_hidden_state.map((value, i) => mask[Math.floor(i / hidden)] ? value : 0);
      assertClose(await out.hiddenStates!.at(-1)!.data(), real, 2e-5 * (1 + largest(real)), "last hidden state");
      for (const output of [out, short]) {
        lossOf(output).backward();
        const parameters = new Map(model.namedParameters());
        for (const [name, gradient] of Object.entries(expected.gradients)) {
          const { grad } = parameters.get(name)!;
          assertClose(await grad!.data(), gradient, 1e-5 + 1e-4 * largest(gradient), `gradient of ${name}`);
        }
        for (const parameter of model.parameters()) parameter.grad = null;
      }
      model.dispose();
    });
  }
}
