// The parameters of the model as the JavaScript peers hold them: weights (in, out), names as in Transformers but for the three tables of
// embeddings; of positions and segments only what the batch uses.

import type { StepSize } from "../sizes.ts";
import { initialValues, transposed } from "../weights.ts";

interface Parameter {
  readonly values: Float32Array;
  readonly shape: number[];
}

/** Parameters by name, with the values that every side starts from. */
export function parametersFor({ layers, hidden, intermediate, length, vocabulary }: StepSize): Map<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  const nameOf = (key: string) => (key.startsWith("classifier") ? key : `bert.${key}`);
  const addTable = (key: string, name: string, rows: number) =>
    parameters.set(key, {
      values: initialValues(`bert.embeddings.${name}.weight`, rows * hidden),
      shape: [rows, hidden],
    });
  const addLinear = (key: string, from: number, to: number) => {
    const weight = initialValues(`${nameOf(key)}.weight`, from * to);
    parameters.set(`${key}.weight`, { values: transposed(weight, to, from), shape: [from, to] });
    parameters.set(`${key}.bias`, { values: initialValues(`${nameOf(key)}.bias`, to), shape: [to] });
  };
  const addNorm = (key: string) => {
    for (const part of [`${key}.weight`, `${key}.bias`]) {
      parameters.set(part, { values: initialValues(part, hidden), shape: [hidden] });
    }
  };
  addTable("words", "word_embeddings", vocabulary);
  addTable("positions", "position_embeddings", length);
  addTable("types", "token_type_embeddings", 1);
  addNorm("embeddings.LayerNorm");
  for (let l = 0; l < layers; l++) {
    const key = `encoder.layer.${l}`;
    for (const part of ["query", "key", "value"]) addLinear(`${key}.attention.self.${part}`, hidden, hidden);
    addLinear(`${key}.attention.output.dense`, hidden, hidden);
    addNorm(`${key}.attention.output.LayerNorm`);
    addLinear(`${key}.intermediate.dense`, hidden, intermediate);
    addLinear(`${key}.output.dense`, intermediate, hidden);
    addNorm(`${key}.output.LayerNorm`);
  }
  addLinear("pooler.dense", hidden, hidden);
  addLinear("classifier", hidden, 2);
  return parameters;
}
