// Four float32 at a time: loads and stores of the last one to three, and what reduces a vector to one number.

/**
 * The next `count` (1 to 4, more counts as 4) float32 at `address`; lanes beyond them are `filler`'s. Nothing past them
 * is read.
 */
@inline
export function loadPart(address: usize, count: u32, filler: v128): v128 {
  return count > 3 ? v128.load(address) : loadFew(address, count, filler);
}

function loadFew(address: usize, count: u32, filler: v128): v128 {
  let v = v128.load32_lane(address, filler, 0);
  if (count > 1) v = v128.load32_lane(address, v, 1, 4);
  if (count > 2) v = v128.load32_lane(address, v, 2, 8);
  return v;
}

/** Stores the first `count` (1 to 4, more counts as 4) lanes. */
@inline
export function storePart(address: usize, count: u32, v: v128): void {
  if (count > 3) v128.store(address, v);
  else storeFew(address, count, v);
}

function storeFew(address: usize, count: u32, v: v128): void {
  v128.store32_lane(address, v, 0);
  if (count > 1) v128.store32_lane(address, v, 1, 4);
  if (count > 2) v128.store32_lane(address, v, 2, 8);
}

@inline
export function zero(): v128 {
  return f32x4.splat(0);
}

@inline
export function sumLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

@inline
export function maxLanes(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}
