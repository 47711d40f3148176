// Rows of a matrix: `lanes` invocations work on one row, 64 / lanes rows share a workgroup of 64. A GPU takes many lanes; a software
// adapter takes one, as its barriers cost more than a row's work. What lanes bring together is added in the same order every time.
override lanes: u32 = 64;
const lowest = -3.4028234663852886e38; // in place of -infinity, which a WGSL compiler may assume away

var<workgroup> partials: array<f32, 64>;

struct Lane {
  row: u32,
  lane: u32, // this invocation's place among those of the row
  local: u32,
}

fn laneOf(group: vec3u, groups: vec3u, local: u32) -> Lane {
  return Lane((group.y * groups.x + group.x) * (64 / lanes) + local / lanes, local % lanes, local);
}

/* Σ value over the lanes of a row, given to each of them. Every invocation of the workgroup must call it. */
fn rowSum(value: f32, at: Lane) -> f32 {
  if (lanes == 1) { return value; }
  partials[at.local] = value;
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < lanes; i++) { sum += partials[at.local - at.lane + i]; }
  workgroupBarrier();
  return sum;
}

/* The largest value over the lanes of a row, likewise. */
fn rowMax(value: f32, at: Lane) -> f32 {
  if (lanes == 1) { return value; }
  partials[at.local] = value;
  workgroupBarrier();
  var largest = value;
  for (var i = 0u; i < lanes; i++) { largest = max(largest, partials[at.local - at.lane + i]); }
  workgroupBarrier();
  return largest;
}
