import assert from "node:assert/strict";
import { readSafetensors, toFloat32, writeSafetensors } from "../../lib/models/mod.ts";
import { Random } from "../../lib/tensor/mod.ts";

const fixture = Deno.readFileSync(new URL("../fixtures/models/bert/model.safetensors", import.meta.url));

Deno.test("writeSafetensors() writes what readSafetensors() reads, bit for bit", () => {
  const stored = readSafetensors(fixture, "fixture");
  const copy = new Map(
    [...stored].map(([name, tensor]) => [name, { shape: tensor.shape, values: toFloat32(tensor, name) }]),
  );
  const again = readSafetensors(writeSafetensors(copy), "copy");
  assert.deepEqual([...again.keys()].sort(), [...stored.keys()].sort());
  for (const [name, tensor] of stored) {
    assert.deepEqual(again.get(name)!.shape, tensor.shape);
    assert.deepEqual(again.get(name)!.bytes, tensor.bytes);
  }
});

Deno.test("toFloat32() widens half precision and bfloat16 exactly", () => {
  const f16 = { dtype: "F16", shape: [3], bytes: Uint8Array.of(0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00) };
  assert.deepEqual([...toFloat32(f16, "x")], [1, -2, 2 ** -24]);
  const bf16 = { dtype: "BF16", shape: [2], bytes: Uint8Array.of(0x80, 0x3f, 0x49, 0xc0) };
  assert.deepEqual([...toFloat32(bf16, "x")], [1, -3.140625]);
  assert.throws(
    () => toFloat32({ dtype: "I32", shape: [1], bytes: new Uint8Array(4) }, "ids"),
    /"ids" holds I32 values/,
  );
});

Deno.test("readSafetensors() says what is wrong with a damaged file", () => {
  assert.throws(() => readSafetensors(fixture.subarray(0, 5), "w"), /w: it has 5 bytes/);
  assert.throws(() => readSafetensors(fixture.subarray(0, 100), "w"), /w: its header says/);
  assert.throws(() => readSafetensors(fixture.subarray(0, fixture.length - 1), "w"), /lies at .* of .* bytes/);
  assert.throws(() => readSafetensors(new Uint8Array(16).fill(0x7b, 8).fill(8, 0, 1), "w"), /not JSON/);
});

Deno.test("readSafetensors() reads or refuses 2,000 mutated files, and never anything else", () => {
  const random = new Random(11);
  const headerEnd = 8 + Number(new DataView(fixture.buffer).getBigUint64(0, true));
  for (let i = 0; i < 2000; i++) {
    const file = fixture.slice(0, random.integer(4) === 0 ? random.integer(fixture.length) : fixture.length);
    for (let change = 0; change < 3 && file.length > 0; change++) {
      file[random.integer(Math.min(file.length, headerEnd))] = random.integer(256);
    }
    try {
      for (const [name, tensor] of readSafetensors(file, "mutated")) {
        assert.equal(tensor.bytes.length % Math.max(1, tensor.shape.reduce((a, b) => a * b, 1)), 0, name);
      }
    } catch (error) {
      assert.ok(error instanceof RangeError && /^mutated: .*damaged/.test(error.message), String(error));
    }
  }
});
