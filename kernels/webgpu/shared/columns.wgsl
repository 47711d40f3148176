// Columns of a matrix: `lanes` invocations share the rows of one column, 64 / lanes columns share a workgroup of 64, so that
// neighbours read neighbouring numbers. A software adapter takes one lane (see shared/rows.wgsl).
override lanes: u32 = 8;

var<workgroup> partials: array<f32, 64>;

struct Lane {
  column: u32,
  lane: u32, // the first row this invocation reads; it goes on by `lanes`
  local: u32,
}

fn laneOf(group: vec3u, groups: vec3u, local: u32) -> Lane {
  let width = 64 / lanes;
  return Lane((group.y * groups.x + group.x) * width + local % width, local / width, local);
}

/* Σ value over the lanes of a column, given to each of them. Every invocation of the workgroup must call it. */
fn columnSum(value: f32, at: Lane) -> f32 {
  if (lanes == 1) { return value; }
  partials[at.local] = value;
  workgroupBarrier();
  let width = 64 / lanes;
  var sum = 0.0;
  for (var i = 0u; i < lanes; i++) { sum += partials[at.local % width + i * width]; }
  workgroupBarrier();
  return sum;
}
