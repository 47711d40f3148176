// dweight[id] = Σ dy[r] over the rows r with that id; all other rows and row `paddingIndex` are zeros
// ids (rows) int32, dy (rows, columns)  ->  dweight (vocabulary, columns)      uniforms: rows, columns, vocabulary, paddingIndex
// place: dweight holds `vocabulary` rows of the table from row `first` on
// Three entries: `clear` writes zeros, then one of
//   byRow: one workgroup a row of dy; the row in which an id comes first gathers the later ones. For GPUs: many workgroups.
//   byColumn: one invocation a column goes through all rows. For software adapters: no id is looked at twice.
// Neither adds to a number from two invocations, so there are no atomics and the order of addition is fixed.
struct Uniforms { rows: u32, columns: u32, vocabulary: u32, paddingIndex: i32, first: u32 }
@group(0) @binding(0) var<storage, read> ids: array<i32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> dweight: array<f32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(64)
fn clear(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * 64 + local;
  if (i < u.vocabulary * u.columns) { dweight[i] = 0; }
}

/* Whether row `id` of the table takes a gradient, and is here. */
fn takes(id: i32) -> bool { return id >= 0 && id != u.paddingIndex && u32(id) - u.first < u.vocabulary; }

var<workgroup> isSeen: array<u32, 64>;

@compute @workgroup_size(64)
fn byRow(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let row = group.y * groups.x + group.x;
  let id = ids[min(row, u.rows - 1)];

  var seen = u32(row >= u.rows || !takes(id));
  for (var r = local; r < row; r += 64) { seen |= u32(ids[min(r, u.rows - 1)] == id); }
  isSeen[local] = seen;
  workgroupBarrier();
  for (var i = 0u; i < 64; i++) { seen |= isSeen[i]; }
  if (seen != 0) { return; }

  for (var c = local; c < u.columns; c += 64) {
    var sum = dy[row * u.columns + c];
    for (var r = row + 1; r < u.rows; r++) {
      if (ids[r] == id) { sum += dy[r * u.columns + c]; }
    }
    dweight[(u32(id) - u.first) * u.columns + c] = sum;
  }
}

@compute @workgroup_size(64)
fn byColumn(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let c = group.x * 64 + local;
  if (c >= u.columns) { return; }
  for (var r = 0u; r < u.rows; r++) {
    let id = ids[r];
    if (takes(id)) { dweight[(u32(id) - u.first) * u.columns + c] += dy[r * u.columns + c]; }
  }
}
