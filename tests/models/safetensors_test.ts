import assert from "node:assert/strict";
import { bytesSource } from "../../lib/hub/mod.ts";
import { readSafetensors, type StoredTensor, toFloat32 } from "../../lib/models/mod.ts";
import { openSafetensors } from "../../lib/models/safetensors.ts";
import { floatValues } from "../../lib/models/stored_tensor.ts";
import { Random, sizeOf } from "../../lib/tensor/mod.ts";
import { mutated, safetensorsBytes } from "./files.ts";

const fixture = Deno.readFileSync(new URL("../fixtures/models/bert/model.safetensors", import.meta.url));

Deno.test("writeSafetensors() writes Python's file, bit for bit", async () => {
  const stored = readSafetensors(fixture, "fixture");
  const copy = Array.from(stored, ([name, tensor]) => {
    return [name, { shape: tensor.shape, values: () => toFloat32(tensor, name) }] as const;
  });
  assert.deepEqual(await safetensorsBytes(copy), fixture);
});

Deno.test("writeSafetensors() rounds to half precision and bfloat16 as PyTorch does", async () => {
  // torch.tensor(values).half() and .bfloat16(), as integers
  const values = [1, -2, 1 / 3, 65519, 65520, 2 ** -25, 1.5 * 2 ** -25, 1.00390625, 1.01171875, -0, Infinity, 3e38];
  const expected = {
    float16: [15360, 49152, 13653, 31743, 31744, 0, 1, 15364, 15372, 32768, 31744, 31744],
    bfloat16: [16256, 49152, 16043, 18304, 18304, 13056, 13120, 16256, 16258, 32768, 32640, 32610],
  };
  for (const dtype of ["float16", "bfloat16"] as const) {
    const x = { shape: [values.length], values: () => Float32Array.from(values) };
    const { bytes } = readSafetensors(await safetensorsBytes([["x", x]], dtype), dtype).get("x")!;
    assert.deepEqual([...new Uint16Array(bytes.slice().buffer)], expected[dtype]);
    const nan = { shape: [1], values: () => new Float32Array(Uint32Array.of(0x7f800001).buffer) };
    const stored = readSafetensors(await safetensorsBytes([["x", nan]], dtype), dtype).get("x")!;
    assert.deepEqual([...toFloat32(stored, "x")], [NaN]);
  }
});

Deno.test("toFloat32() widens half precision and bfloat16 exactly", () => {
  const f16 = { dtype: "F16", shape: [3], bytes: Uint8Array.of(0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00) };
  assert.deepEqual([...toFloat32(f16, "x")], [1, -2, 2 ** -24]);
  const bf16 = { dtype: "BF16", shape: [2], bytes: Uint8Array.of(0x80, 0x3f, 0x49, 0xc0) };
  assert.deepEqual([...toFloat32(bf16, "x")], [1, -3.140625]);
  const ids: StoredTensor = { dtype: "I32", shape: [1], bytes: new Uint8Array(4) };
  assert.throws(() => toFloat32(ids, "ids"), /"ids" holds I32 values/);
});

Deno.test("openSafetensors() gives the values that readSafetensors() gives, a tensor of several pieces too", async () => {
  const long = Float32Array.from({ length: 2 ** 20 + 3 }, (_, i) => i);
  const file = await safetensorsBytes([["long", { shape: [long.length], values: () => long }]]);
  const source = (await openSafetensors(bytesSource(file, "long"))).get("long")!;
  assert.deepEqual(await floatValues(source, "long"), long);
  const opened = await openSafetensors(bytesSource(fixture, "fixture"));
  for (const [name, tensor] of readSafetensors(fixture, "fixture")) {
    assert.deepEqual(await floatValues(opened.get(name)!, name), toFloat32(tensor, name), name);
  }
});

Deno.test("readSafetensors() says what is wrong with a damaged file", () => {
  assert.throws(() => readSafetensors(fixture.subarray(0, 5), "w"), /w: it has 5 bytes/);
  assert.throws(() => readSafetensors(fixture.subarray(0, 100), "w"), /w: its header says/);
  assert.throws(() => readSafetensors(fixture.subarray(0, fixture.length - 1), "w"), /lies at bytes .* of/);
  assert.throws(() => readSafetensors(new Uint8Array(16).fill(0x7b, 8).fill(8, 0, 1), "w"), /not JSON/);
  const refused = (header: unknown, bytes: number, message: RegExp) =>
    assert.throws(() => readSafetensors(withHeader(header, bytes), "w"), message);
  const four = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  refused([], 0, /header is not an object/);
  refused({ x: 1 }, 0, /"x" is not described/);
  refused({ x: { ...four, dtype: "toString" } }, 4, /"x" has the dtype "toString"/);
  refused({ x: { ...four, shape: [-1] } }, 4, /"x" has the shape \[-1\]/);
  refused({ x: { ...four, shape: [1e9, 1e9] } }, 4, /"x" of shape \(1000000000, 1000000000\)/);
  refused({ x: { ...four, data_offsets: [0, 8] } }, 8, /"x" of shape \(1\)/);
  refused({ x: four, y: four }, 4, /"y" begins at byte/); // one value under two names
  refused({ x: { ...four, data_offsets: [4, 8] } }, 8, /"x" begins at byte/); // a hole
  refused({ x: four }, 8, /its tensors end at byte/);
  assert.equal(readSafetensors(withHeader({ x: four }, 4), "w").size, 1);
});

Deno.test("readSafetensors() and openSafetensors() read or refuse 2,000 mutated files, and never anything else", async () => {
  const random = new Random(11);
  const headerEnd = 8 + Number(new DataView(fixture.buffer).getBigUint64(0, true));
  let read = 0, refused = 0;
  for (let i = 0; i < 2000; i++) {
    const file = mutated(fixture, random, headerEnd);
    try {
      for (const [name, tensor] of readSafetensors(file, "mutated")) {
        assert.equal(tensor.bytes.length % Math.max(1, sizeOf(tensor.shape)), 0, name);
      }
      for (const [name, tensor] of await openSafetensors(bytesSource(file, "mutated"))) {
        if (["F32", "F16", "BF16", "F64"].includes(tensor.dtype)) await floatValues(tensor, name);
      }
      read++;
    } catch (error) {
      assert.ok(error instanceof RangeError && /^mutated: .*damaged/.test(error.message), String(error));
      await assert.rejects(openSafetensors(bytesSource(file, "mutated")), { message: error.message });
      refused++;
    }
  }
  assert.ok(read > 20 && refused > 500, `${read} read, ${refused} refused`);
});

function withHeader(header: unknown, bytes: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}
