// y (key rows, heads headSize) = wᵀ x for each head, w (queries, keys), x (query rows, heads headSize); w as in
// attention_apply. Key rows that no segment names are left alone.

import { COPY_BYTES, copyArea, firstKey, firstProbability, firstQuery, headsFrom, keysOf, queriesOf } from "./heads";
import { productBatch } from "./product";
import { copyKept } from "./rows";

export function attention_apply_transposed(
  w: usize,
  x: usize,
  segments: usize,
  y: usize,
  sequences: u32,
  heads: u32,
  headSize: u32,
  longestQueries: u32,
  longestKeys: u32,
  dropped: u32,
  keepScale: f32,
  begin: u32,
  end: u32,
): void {
  const hidden = heads * headSize;
  for (let unit = begin, count: u32 = 0; unit < end; unit += count) {
    const sequence = unit / heads;
    count = headsFrom(unit, end, heads);
    const queries = queriesOf(segments, sequence);
    const keys = keysOf(segments, sequence);
    const size = queries * keys;
    if (dropped && size > 0) count = max(1, min(count, u32(COPY_BYTES >> 2) / size));
    const head = unit % heads;
    const from = w + (firstProbability(segments, sequence, head) << 2);
    const fromX = x + (firstQuery(segments, sequence) * hidden + head * headSize << 2);
    const to = y + (firstKey(segments, sequence) * hidden + head * headSize << 2);
    if (!dropped || size == 0) {
      productBatch(
        true,
        false,
        keys,
        headSize,
        queries,
        1,
        from,
        keys,
        size,
        fromX,
        hidden,
        headSize,
        0,
        to,
        hidden,
        headSize,
        count,
      );
      continue;
    }
    // as many rows at a time as the copy has room for
    const most = min(queries, u32(COPY_BYTES >> 2) / keys);
    for (let row: u32 = 0, rows: u32 = 0; row < queries; row += rows) {
      rows = min(most, queries - row);
      copyKept(from + (row * keys << 2), copyArea(), count * rows * keys);
      productBatch(
        true,
        false,
        keys,
        headSize,
        rows,
        keepScale,
        copyArea(),
        keys,
        size,
        fromX + (row * hidden << 2),
        hidden,
        headSize,
        row > 0 ? 1 : 0,
        to,
        hidden,
        headSize,
        count,
      );
    }
  }
}
