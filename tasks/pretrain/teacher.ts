// What a large model makes of each text: read once, kept as 16-bit floats, and shown to every student in every epoch.
//
// A row has the vector of the whole text first, the mean of its tokens' last states as sentence-transformers pools them, and then the last
// state of each token that is not special. All have length 1, as only their direction is learned from (Sanh et al. 2019, section 3: the
// cosine loss between the states of teacher and student).

import { noGrad } from "../../lib/autograd/mod.ts";
import { DataCollatorWithPadding } from "../../lib/data/mod.ts";
import { writeFile } from "../../lib/hub/write.ts";
import type { Batch, EncoderModel } from "../../lib/models/mod.ts";
import { scope } from "../../lib/tensor/mod.ts";
import type { PreTrainedTokenizer } from "../../lib/tokenizers/mod.ts";
import { encodeAll, type Encoded, rowOf } from "./encoded.ts";

export interface Teacher {
  readonly model: EncoderModel;
  readonly tokenizer: PreTrainedTokenizer;
}

export interface TeacherStates {
  /** Numbers in a vector. */
  readonly size: number;
  /** Which vector is the first of each row. */
  readonly first: Uint32Array;
  /** All vectors, one after the other. */
  readonly vectors: Float16Array;
  readonly encoded: Encoded;
}

const ROWS_AT_ONCE = 64;

/** Lets the teacher read texts, or reads from `file` what it made of them in an earlier run; `log` is told how far it is. */
export async function readTexts(
  { model, tokenizer }: Teacher,
  texts: readonly string[],
  file: string,
  log: (line: string) => void,
): Promise<TeacherStates> {
  const encoded = encodeAll(texts, tokenizer), { rows, tokens } = encoded;
  const size = Number(model.config.hidden_size);
  const first = Uint32Array.from({ length: rows }, (_, row) => encoded.starts[row] - row); // 1 pooled for 2 special tokens
  const bytes = (tokens - rows) * size * 2;
  const kept = await Deno.readFile(file).catch(() => undefined);
  if (kept?.length === bytes) return { size, first, vectors: new Float16Array(kept.buffer), encoded };
  const vectors = new Float16Array((tokens - rows) * size);
  const collate = new DataCollatorWithPadding(tokenizer);
  model.eval();
  for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
    const end = Math.min(rows, row + ROWS_AT_ONCE);
    const states = await statesOf(model, collate(Array.from({ length: end - row }, (_, i) => rowOf(encoded, row + i))));
    for (let i = row; i < end; i++) {
      const at = encoded.starts[i] - encoded.starts[row], length = encoded.starts[i + 1] - encoded.starts[i];
      keepRow(states.subarray(at * size, (at + length) * size), size, vectors, first[i]);
    }
    if (Math.floor(end / 4096) > Math.floor(row / 4096)) log(`teacher: ${end} of ${rows} texts`);
  }
  await writeFile(file, new Uint8Array(vectors.buffer));
  return { size, first, vectors, encoded };
}

/** The last states of a batch, packed: (tokens, size). */
function statesOf(model: EncoderModel, batch: Batch): Promise<Float32Array> {
  return noGrad(() => scope(async () => Float32Array.from(await model.encode(batch, {}).hidden.data())));
}

/** Writes a row's vectors, each of length 1: the mean of all states, then those between the two special tokens. */
function keepRow(states: Float32Array, size: number, into: Float16Array, first: number): void {
  const sum = new Float32Array(size), tokens = states.length / size;
  for (let token = 0; token < tokens; token++) {
    const state = states.subarray(token * size, (token + 1) * size);
    for (let i = 0; i < size; i++) sum[i] += state[i];
    if (token > 0 && token < tokens - 1) writeUnit(state, into, (first + token) * size);
  }
  writeUnit(sum, into, first * size);
}

function writeUnit(vector: Float32Array, into: Float16Array, at: number): void {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  for (let i = 0; i < vector.length; i++) into[at + i] = vector[i] / length;
}

/**
 * Which of the teacher's vectors each token of a student learns from: that of the text for the first token ([CLS]), for the others that of
 * the teacher's token in which they begin, -1 where there is none. Texts are matched by their characters, so vocabularies may differ.
 */
export function matchTokens(student: Encoded, { encoded: teacher, first }: TeacherStates): Int32Array {
  const match = new Int32Array(student.tokens).fill(-1);
  for (let row = 0; row < student.rows; row++) {
    const last = teacher.starts[row + 1] - 1; // [SEP]
    let other = teacher.starts[row] + 1;
    match[student.starts[row]] = first[row];
    for (let token = student.starts[row] + 1; token < student.starts[row + 1] - 1; token++) {
      while (other < last && teacher.to[other] <= student.from[token]) other++;
      if (other < last) match[token] = first[row] + other - teacher.starts[row];
    }
  }
  return match;
}
