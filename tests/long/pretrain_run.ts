// A run for pretrain_test.ts: pretrains a very small student in the folder it is given, from its last checkpoint where there is one.

import { join } from "node:path";
import { createCpuBackend } from "../../lib/backend/cpu/mod.ts";
import { setBackend } from "../../lib/backend/current.ts";
import { AutoModel } from "../../lib/models/mod.ts";
import { setSeed } from "../../lib/tensor/mod.ts";
import { trainWordPiece } from "../../lib/tokenizers/mod.ts";
import { prose } from "../../tasks/datasets/prose/build.ts";
import { buildStudent } from "../../tasks/pretrain/build.ts";
import { tiny } from "../../tasks/pretrain/recipes.ts";
import { readTexts } from "../../tasks/pretrain/teacher.ts";

setBackend(await createCpuBackend());
const [folder] = Deno.args;
const texts = prose({ sentences: 1500 });
const small = { hidden_size: 32, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 64 };
const recipe: typeof tiny = {
  ...tiny,
  trainTokenizer: (texts) => trainWordPiece(texts, { vocabSize: 600 }),
  config: (tokenizer) => ({ ...tiny.config(tokenizer), ...small }),
};

// a teacher with random weights: what it makes of the texts can be learned all the same
const tokenizer = trainWordPiece(texts, { vocabSize: 400 });
setSeed(3);
const model = await AutoModel.fromConfig({ ...tiny.config(tokenizer), ...small });
const workFolder = join(folder, "work"), log = () => {};
const states = await readTexts({ model, tokenizer }, texts, join(workFolder, "teacher.f16"), log);

const workshop = {
  parts: [{ name: "prose", texts }],
  workFolder,
  exportFolder: join(folder, "out"),
  maxSteps: 40,
  log,
};
await buildStudent(recipe, workshop, states);
Deno.exit(0);
