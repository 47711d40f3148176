// Dropout's random numbers: a counter hashed with the seed, the same on every device. Four hashes hold eight elements of 16 bits.
// The hash is lowbias32 (Wellons 2018, "Prospecting for hash functions").
fn hash(value: u32) -> u32 {
  var x = value;
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

/* Whether dropout keeps element `i`; a threshold of 0 keeps all. */
fn isKept(seed: u32, i: u32, threshold: u32) -> bool {
  let bits = hash(seed + (i >> 3) * 4 + (i & 3));
  return select(bits & 0xffff, bits >> 16, (i & 4) != 0) >= threshold;
}

/* Where a row of `columns` elements starts, so that no two rows share a block of eight. */
fn roundUp8(columns: u32) -> u32 { return (columns + 7) & ~7u; }
