import { apply } from "../../lib/autograd/mod.ts";
import { attention, embedding } from "../../lib/ops/mod.ts";
import { type Tensor, tensor } from "../../lib/tensor/mod.ts";
import type { Reference } from "../golden.ts";
import { normalValues, testOp } from "../test_op.ts";

/** Segments of packed sequences from the lengths of queries and keys. */
function segments(
  lengths: readonly (readonly [number, number])[],
  heads: number,
): { segments: Tensor; probabilities: number } {
  let [query, key, probabilities] = [0, 0, 0];
  const rows = lengths.flatMap(([queries, keys]) => {
    const row = [query, queries, key, keys, probabilities];
    query += queries;
    key += keys;
    probabilities += heads * queries * keys;
    return row;
  });
  return { segments: tensor(rows, { dtype: "int32", shape: [lengths.length, 5] }), probabilities };
}

const sequences: readonly (readonly (readonly [number, number])[])[] = [
  [[1, 1]],
  [[3, 3], [1, 1], [5, 5]],
  [[2, 7], [9, 4]],
  [[17, 17], [8, 8]],
  [[4, 0], [2, 2]],
];

testOp({
  name: "attention()",
  cases: sequences.flatMap((lengths, i) =>
    [{ p: 0, causal: false }, { p: 0.2, causal: false }, { p: 0.1, causal: true }].map(({ p, causal }) => {
      const [heads, size] = [1 + i % 3, [1, 4, 5, 16, 3][i]];
      const total = (at: 0 | 1) => lengths.reduce((sum, length) => sum + length[at], 0);
      return {
        name: `${lengths.map((pair) => pair.join(" to "))}, ${heads} heads of ${size}, p ${p}, causal ${causal}`,
        inputs: [
          normalValues([total(0), heads * size], i),
          normalValues([total(1), heads * size], i + 20),
          normalValues([total(1), heads * size], i + 40),
        ],
        call: (inputs: readonly Tensor[]) => {
          const { segments: rows, probabilities } = segments(lengths, heads);
          return apply(attention, [...inputs, rows], { heads, probabilities, causal, dropout: { p, seed: 5 } });
        },
      };
    })
  ),
});

// PyTorch's rows hold (batch, heads, length, size) with a mask, and give the probabilities beside y. Packed they are (tokens, heads · size)
// without padding; masked keys simply are not there. With values [v | identity] the op's output is [y | probabilities], so that the
// gradients through both are compared; q and k get zeros in the added columns, and q the factor that keeps the scale 1 / sqrt(size).
testOp({
  name: "attention() on PyTorch's layout",
  references: [{
    op: "attention",
    inputs: ["q", "k", "v"],
    call: ([q, k, v], attrs, row) => {
      const [batch, heads, queries, size] = q.shape;
      const keys = k.shape[2];
      const lengths = keyLengths(row.inputs.get("mask"), batch, keys);
      const { segments: rows, probabilities } = segments(lengths.map((length) => [queries, length]), heads);
      const wide = size + keys;
      const queryRows = rowsOfHeads(q.scale(Math.sqrt(wide / size)), Array(batch).fill(queries), wide);
      const values = rowsOfHeads(v, lengths, wide).add(identityColumns(lengths, heads, size, wide));
      const inputs = [queryRows, rowsOfHeads(k, lengths, wide), values, rows];
      const y = apply(attention, inputs, { heads, probabilities, causal: attrs.mask === "causal" });
      return outputs(y, batch, heads, queries, size, keys);
    },
    except: {
      attention_all_masked: "a query that sees no key gives zeros here, the mean of v in Transformers' eager form",
    },
  }],
  cases: [{
    name: "one head",
    inputs: [normalValues([1, 1, 2, 3], 1)],
    call: ([x]) => rowsOfHeads(x, [2], 4),
  }],
});

function keyLengths(mask: Reference | undefined, batch: number, keys: number): number[] {
  if (!mask) return Array(batch).fill(keys);
  return Array.from({ length: batch }, (_, row) => {
    const values = Array.from(mask.data.subarray(row * keys, (row + 1) * keys));
    const length = values.reduce((sum, value) => sum + value, 0);
    if (!values.slice(0, length).every((value) => value === 1)) {
      throw new Error("the mask is not at the end of the row");
    }
    return length;
  });
}

/** (batch, heads, length, size) -> (Σ lengths, heads · wide), zeros from column `size` on; differentiable: numbers looked up by place. */
function rowsOfHeads(x: Tensor, lengths: readonly number[], wide: number): Tensor {
  const [, heads, length, size] = x.shape;
  const places = lengths.flatMap((rows, b) =>
    Array.from({ length: rows * heads * wide }, (_, i) => {
      const [row, head, at] = [Math.floor(i / (heads * wide)), Math.floor(i / wide) % heads, i % wide];
      return at < size ? ((b * heads + head) * length + row) * size + at : -1;
    })
  );
  return look(x, places, [lengths.reduce((a, b) => a + b, 0), heads * wide]);
}

/** Key j of each sequence has a 1 in column size + j of every head. */
function identityColumns(lengths: readonly number[], heads: number, size: number, wide: number): Tensor {
  const rows = lengths.flatMap((length) => Array.from({ length }, (_, j) => j));
  const values = rows.flatMap((j) => Array.from({ length: heads * wide }, (_, i) => Number(i % wide === size + j)));
  return tensor(values, [rows.length, heads * wide]);
}

/** (batch · queries, heads · wide) -> y (batch, heads, queries, size), then the probabilities (batch, heads, queries, keys), flat. */
function outputs(x: Tensor, batch: number, heads: number, queries: number, size: number, keys: number): Tensor {
  const wide = size + keys;
  const columns = (from: number, count: number) =>
    Array.from({ length: batch * heads * queries * count }, (_, i) => {
      const [b, head] = [Math.floor(i / (heads * queries * count)), Math.floor(i / (queries * count)) % heads];
      const [row, at] = [Math.floor(i / count) % queries, i % count];
      return (b * queries + row) * heads * wide + head * wide + from + at;
    });
  const places = [...columns(0, size), ...columns(size, keys)];
  return look(x, places, [places.length]);
}

function look(x: Tensor, places: number[], shape: readonly number[]): Tensor {
  const found = apply(embedding, [x.reshape([x.size, 1]), tensor(places, { dtype: "int32" })], { paddingIndex: -1 });
  return found.reshape(shape);
}
