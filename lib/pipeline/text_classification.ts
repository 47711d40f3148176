// pipeline("text-classification"): texts to label names with their scores, in the shapes that Transformers 4.57 returns.

import type { PreTrainedTokenizer, SingleEncoding, TokenizerOptions } from "../tokenizers/mod.ts";
import { type BatchOptions, logitRows, type LogitsModel, softmax } from "./logits.ts";

/** A label of the config with its score: a probability, or the model's number where it is a regression. */
export interface LabelScore {
  label: string;
  score: number;
}

/** A text, or two that are judged together. */
export type ClassifierInput = string | TextPair;

export interface TextPair {
  text: string;
  textPair?: string;
}

export interface TextClassificationOptions extends BatchOptions, Pick<TokenizerOptions, "truncation" | "maxLength"> {
  /** How many labels to return, best first; null for all. Where it is given every text gets a list. */
  topK?: number | null;
  /** What makes scores of logits; by default chosen from the config's `problem_type`, else from its number of labels. */
  functionToApply?: "softmax" | "sigmoid" | "none";
}

type WithTopK = TextClassificationOptions & { topK: number | null };
type WithoutTopK = TextClassificationOptions & { topK?: undefined };

/** `await classify(text)`: a list of one label. For a list of texts: the best label of each. With `topK`: a list for each text. */
export interface TextClassifier {
  (input: ClassifierInput, options: WithTopK): Promise<LabelScore[]>;
  (inputs: readonly ClassifierInput[], options: WithTopK): Promise<LabelScore[][]>;
  (inputs: string | readonly ClassifierInput[], options?: WithoutTopK): Promise<LabelScore[]>;
  (pair: TextPair, options?: WithoutTopK): Promise<LabelScore>;
}

/** Names and scores for texts. @throws RangeError for an option that makes no sense, TypeError for what is no text */
export function textClassifier(model: LogitsModel, tokenizer: PreTrainedTokenizer): TextClassifier {
  async function classify(input: ClassifierInput, options: WithTopK): Promise<LabelScore[]>;
  async function classify(inputs: readonly ClassifierInput[], options: WithTopK): Promise<LabelScore[][]>;
  async function classify(inputs: string | readonly ClassifierInput[], options?: WithoutTopK): Promise<LabelScore[]>;
  async function classify(pair: TextPair, options?: WithoutTopK): Promise<LabelScore>;
  async function classify(
    input: ClassifierInput | readonly ClassifierInput[],
    options: TextClassificationOptions = {},
  ): Promise<LabelScore | LabelScore[] | LabelScore[][]> {
    const { topK = 1 } = options;
    if (topK !== null && !(Number.isInteger(topK) && topK >= 1)) {
      throw new RangeError(
        `pipeline: topK is ${topK}; it must be a whole number of at least 1, or null for all labels.`,
      );
    }
    const inputs = isList(input) ? input : [input];
    const encodings = inputs.map((one) => encode(tokenizer, one, options));
    const scores: LabelScore[][] = [];
    for await (const rows of logitRows(model, tokenizer, encodings, options)) {
      for (const logits of rows) scores.push(ranked(model, logits, options).slice(0, topK ?? logits.length));
    }
    if (options.topK !== undefined) return isList(input) ? scores : scores[0];
    return isList(input) ? scores.map(([best]) => best) : typeof input === "string" ? scores[0] : scores[0][0];
  }
  return classify;
}

function encode(
  tokenizer: PreTrainedTokenizer,
  input: ClassifierInput,
  { truncation, maxLength }: TextClassificationOptions,
): SingleEncoding {
  const options = { ...(truncation !== undefined && { truncation }), ...(maxLength !== undefined && { maxLength }) };
  if (typeof input === "object" && input !== null && "text" in input) {
    return tokenizer(input.text, { ...options, textPair: input.textPair });
  }
  return tokenizer(input, options);
}

/** All labels, best first; of equals the first. */
function ranked({ config }: LogitsModel, logits: Float32Array, options: TextClassificationOptions): LabelScore[] {
  const scores = APPLY[options.functionToApply ?? functionFor(config.problem_type, logits.length)];
  if (!scores) {
    throw new RangeError(
      `pipeline: functionToApply is ${JSON.stringify(options.functionToApply)}; it must be one of ${
        Object.keys(APPLY).join(", ")
      }.`,
    );
  }
  const names: Readonly<Record<string, unknown>> = { ...(typeof config.id2label === "object" && config.id2label) };
  const labels = Array.from(scores(logits), (score, i) => ({ label: String(names[i] ?? `LABEL_${i}`), score }));
  return labels.sort((a, b) => b.score - a.score);
}

const APPLY: Readonly<Record<string, (logits: Float32Array) => Float32Array>> = {
  softmax,
  sigmoid: (logits) => logits.map((value) => 1 / (1 + Math.exp(-value))),
  none: (logits) => logits,
};

function functionFor(problemType: unknown, numLabels: number): string {
  if (problemType === "regression") return "none";
  if (problemType === "multi_label_classification" || numLabels === 1) return "sigmoid";
  return "softmax";
}

function isList(input: unknown): input is readonly ClassifierInput[] {
  return Array.isArray(input);
}
