// 200,000 generated reviews, each test in a process of its own: only there is the high-water mark that of the work.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

for (const [what, task] of [["loads 200,000 rows of CSV", "csv"], ["tokenizes 200,000 rows on the fly", "lazy"]]) {
  Deno.test({
    name: `loadDataset() ${what} in less than 500 MB`,
    ignore: Deno.build.os !== "linux", // only Linux tells the most memory that a process held
    async fn() {
      const args = ["run", "-A", "--no-check", "bench/data.ts", task];
      const cwd = fileURLToPath(new URL("../../", import.meta.url));
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args,
        cwd,
        stdout: "piped",
        stderr: "piped",
      }).output();
      const line = new TextDecoder().decode(stdout).trim().split("\n").at(-1);
      assert.ok(line, new TextDecoder().decode(stderr));
      const { figures, check } = JSON.parse(line);
      assert.equal(check, 200_000);
      assert.ok(figures["peak MB"] < 500, `${figures["peak MB"]} MB`);
    },
  });
}
