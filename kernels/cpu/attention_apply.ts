// y (query rows, heads headSize) = w x for each head, w (queries, keys), x (key rows, heads headSize). Where w carries
// dropout in its sign bits, negative counts as 0 and the rest is scaled by keepScale.

import { COPY_BYTES, copyArea, firstKey, firstProbability, firstQuery, headsFrom, keysOf, queriesOf } from "./heads";
import { productBatch } from "./product";
import { copyKept } from "./rows";

export function attention_apply(
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
    const fromX = x + (firstKey(segments, sequence) * hidden + head * headSize << 2);
    const to = y + (firstQuery(segments, sequence) * hidden + head * headSize << 2);
    if (!dropped) {
      productBatch(
        false,
        false,
        queries,
        headSize,
        keys,
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
    const most = keys == 0 ? queries : min(queries, u32(COPY_BYTES >> 2) / keys);
    for (let row: u32 = 0, rows: u32 = 0; row < queries; row += rows) {
      rows = min(most, queries - row);
      copyKept(from + (row * keys << 2), copyArea(), count * rows * keys);
      productBatch(
        false,
        false,
        rows,
        headSize,
        keys,
        keepScale,
        copyArea(),
        keys,
        size,
        fromX,
        hidden,
        headSize,
        0,
        to + (row * hidden << 2),
        hidden,
        headSize,
        count,
      );
    }
  }
}
