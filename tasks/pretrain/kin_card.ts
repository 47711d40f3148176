// The cards of attend/tiny's kin: what differs from attend/tiny, and what came out.

import { join } from "node:path";
import { writeFile } from "../../lib/hub/write.ts";
import { lastAccuracy, readPretraining } from "./card.ts";

/** How each differs, by its folder. */
const about: Readonly<Record<string, string>> = {
  "attend-tiny-distilbert":
    `A DistilBERT of two layers, distilled from \`attend/tiny\`, whose vocabulary it has. It starts from that model's layers 0 and 2 and learns, under the same
masks, what the teacher holds likely behind each (at temperature 2, counted five times), the hidden words (twice) and the direction of the teacher's states
(once; Sanh et al. 2019).`,
  "attend-tiny-albert":
    `An ALBERT of four layers that share their weights, with embeddings of 64 and a Unigram vocabulary of 6,000 (\`trainUnigram\`). Its objectives are those of
\`attend/tiny\`: masked words, replaced tokens, and the states of a teacher.`,
  "attend-tiny-roberta":
    `A RoBERTa of three layers with a byte-level BPE vocabulary of 6,000 (\`trainByteLevelBpe\`), upper and lower case. Its objectives are those of
\`attend/tiny\`: masked tokens, replaced tokens, and the states of a teacher.`,
};

/** Writes README.md beside the weights of one of the kin; other folders are left alone. */
export async function writeKinCard(folder: string, name: string): Promise<void> {
  const text = about[name];
  if (text === undefined) return;
  const pretraining = await readPretraining(folder);
  const { steps, tokensPerBatch, seconds, parameters, teacher, machine } = pretraining;
  const reference = name.replace("-", "/");
  await writeFile(
    join(folder, "README.md"),
    `# ${reference}

${text}

${
      (parameters / 1e6).toFixed(2)
    } million parameters, stored as float16. \`AutoModelForSequenceClassification.fromPretrained("${reference}")\` opens it, and so does
Python's Transformers, given this folder.

**Licence**: CC0-1.0.

Texts, weaknesses and words on how they were chosen stand on the card of \`attend/tiny\` (\`datasets/attend-tiny/README.md\`). Trained for ${
      steps.toLocaleString("en")
    } steps of about
${tokensPerBatch.toLocaleString("en")} tokens, ${(seconds / 60).toFixed(0)} minutes on ${machine}; teacher: ${
      teacher ?? "none"
    }. It finds ${lastAccuracy(pretraining)} of the hidden tokens of the held-out
texts. It was trained much more briefly than \`attend/tiny\`: a comparison of families by these weights is one of what they cost, not of what they can do.
\`deno task pretrain --model ${name.replace("attend-tiny-", "")}\` makes it.
`,
  );
}

/** Writes the card of attend/tiny-sentiment. @param score macro-F1 on the test split of the snippets */
export async function writeSentimentCard(folder: string, score: number): Promise<void> {
  await writeFile(
    join(folder, "README.md"),
    `# attend/tiny-sentiment

\`attend/tiny\`, fine-tuned on \`attend/snippets\` for 4 epochs (batches of 16, learning rate 0.0003 with a tenth of warm-up, seed 42): does a line blame (0,
\`negative\`) or praise (1, \`positive\`)? What the comics lesson starts from. On the test split of the snippets it reaches a macro-F1 of ${
      score.toFixed(3)
    }.

**Licence**: CC0-1.0. Weaknesses: those of \`attend/tiny\` and of the snippets, on their cards. \`deno task pretrain --model sentiment\` makes it.
`,
  );
}
