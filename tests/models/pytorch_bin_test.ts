// pytorch_model.bin in its two formats. The fixtures are torch.save (PyTorch 2.6) of one OrderedDict, with its values beside them:
// base = arange(24).reshape(4, 6) / 7; transposed = base.t() and row = base[2] share its storage; then half, bfloat16 and double of it, int64
// ids, a scalar, an empty tensor, a Parameter, and `_metadata`. zip.bin, legacy.bin (_use_new_zipfile_serialization=False), protocol4.bin
// (pickle_protocol=4); code.bin holds an object whose __reduce__ is (os.system, …), nested.bin {"epoch": 3, "model": {…}}.

import assert from "node:assert/strict";
import { bytesSource } from "../../lib/hub/mod.ts";
import { openPytorchBin } from "../../lib/models/pytorch_bin.ts";
import { floatValues } from "../../lib/models/stored_tensor.ts";
import { Random } from "../../lib/tensor/mod.ts";
import { mutated } from "./files.ts";

const folder = new URL("../fixtures/models/bin/", import.meta.url);
const file = (name: string) => Deno.readFileSync(new URL(name, folder));
const open = (bytes: Uint8Array, name: string) => openPytorchBin(bytesSource(bytes, name));
const expected: Record<string, { shape: number[]; values: number[] }> = JSON.parse(
  Deno.readTextFileSync(new URL("expected.json", folder)),
);

for (const name of ["zip.bin", "legacy.bin", "protocol4.bin"]) {
  Deno.test(`openPytorchBin() gives the tensors that torch.save wrote to ${name}`, async () => {
    const tensors = await open(file(name), name);
    assert.deepEqual([...tensors.keys()], Object.keys(expected));
    for (const [key, { shape, values }] of Object.entries(expected)) {
      const tensor = tensors.get(key)!;
      assert.deepEqual(tensor.shape, shape, key);
      if (key === "ids") assert.equal(tensor.dtype, "I64");
      else assert.deepEqual([...await floatValues(tensor, key)], values, key);
    }
  });
}

Deno.test("openPytorchBin() refuses a pickle that asks for anything but tensors, and names what it asks for", async () => {
  await assert.rejects(open(file("code.bin"), "w"), {
    name: "TypeError",
    message: `w: its pickle asks for "posix.system"; only tensors are read from such a file, and no code of it is run.`,
  });
  await assert.rejects(open(file("nested.bin"), "w"), /w holds 3 under epoch, where a state dict has a tensor/);
  const pickle = (text: string) => open(new TextEncoder().encode(text), "w");
  await assert.rejects(pickle("not a model"), /w is no file that torch.save wrote/);
  await assert.rejects(pickle(""), /w is no file that torch.save wrote/);
});

Deno.test("openPytorchBin() says what is wrong with a damaged file", async () => {
  const zip = file("zip.bin"), legacy = file("legacy.bin");
  await assert.rejects(open(zip.subarray(0, zip.length - 30), "w"), /w: .*the file is damaged/);
  await assert.rejects(open(legacy.subarray(0, 200), "w"), /its pickle has no end/);
  await assert.rejects(open(legacy.subarray(0, legacy.length - 1), "w"), /storage ".*" ends at byte|w has .* bytes/);
  const compressed = zip.slice();
  const directory = compressed.findLastIndex((_, i) => zip[i] === 0x50 && zip[i + 1] === 0x4b && zip[i + 2] === 1);
  compressed[directory + 10] = 8;
  await assert.rejects(open(compressed, "w"), /is compressed/);
});

Deno.test("openPytorchBin() reads or refuses 4,000 mutated files, and never anything else", async () => {
  const random = new Random(12);
  for (const name of ["zip.bin", "legacy.bin", "protocol4.bin", "code.bin"]) {
    const whole = file(name);
    let read = 0, refused = 0;
    for (let i = 0; i < 1000; i++) {
      try {
        const tensors = await open(mutated(whole, random), "mutated");
        for (const [key, tensor] of tensors) {
          if (["F32", "F16", "BF16", "F64"].includes(tensor.dtype) && tensor.shape.reduce((a, b) => a * b, 1) < 1e4) {
            await floatValues(tensor, key);
          }
        }
        read++;
      } catch (error) {
        const isOurs = (error instanceof RangeError || error instanceof TypeError) &&
          error.message.startsWith("mutated");
        assert.ok(isOurs, `${error}`);
        refused++;
      }
    }
    assert.ok(
      refused > 300 && (name === "code.bin" ? read === 0 : read > 100),
      `${name}: ${read} read, ${refused} refused`,
    );
  }
});
