// Where the heads of packed sequences lie. Needs `u` with sequences, heads, headSize, and `segments` (sequences, 5) int32: first query
// row, query rows, first key row, key rows, first probability.
struct Head {
  sequence: u32,
  head: u32,
  firstQuery: u32,
  queries: u32,
  firstKey: u32,
  keys: u32,
  matrix: u32, // first element of this head's (queries, keys) matrix
}

/* Head number `index` of all heads of all sequences. */
fn headOf(index: u32) -> Head {
  let sequence = index / u.heads;
  let head = index % u.heads;
  let s = sequence * 5;
  let queries = u32(segments[s + 1]);
  let keys = u32(segments[s + 3]);
  let matrix = u32(segments[s + 4]) + head * queries * keys;
  return Head(sequence, head, u32(segments[s]), queries, u32(segments[s + 2]), keys, matrix);
}

/* The first number of this head in row `row` of a (rows, heads headSize) matrix. */
fn rowOf(at: Head, row: u32) -> u32 { return (row * u.heads + at.head) * u.headSize; }

/* A dropped probability carries its size under a sign bit. The bit is looked at, as a comparison does not see the sign of zero. */
fn isDropped(p: vec4f) -> vec4<bool> { return (bitcast<vec4u>(p) & vec4u(0x80000000u)) != vec4u(0); }
