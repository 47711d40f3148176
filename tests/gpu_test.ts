import assert from "node:assert/strict";
import "./gpu.ts";

Deno.test({
  name: "the search for a GPU leaves EGL alone, which ends test runs by a double free",
  ignore: Deno.build.os !== "linux",
  fn: () => assert.doesNotMatch(Deno.readTextFileSync("/proc/self/maps"), /libEGL/),
});
