// A headless Chromium with one page of ours in it, and WebGPU through Dawn and Tint on SwiftShader, a GPU in software.

import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The browser of this machine, if it has one in a usual place. */
export const chromiumPath: string | undefined = places.find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/**
 * Opens a page that runs modules, one after the other, and closes all when `use` is done. The last module sets `globalThis.page`.
 * Modules that need Deno are replaced as import_map.json says.
 */
export async function withPage(modules: readonly URL[], use: (page: Page) => Promise<void>): Promise<void> {
  const script = await bundle(modules);
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    ({ url }) => answer(new URL(url), script),
  );
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      "--enable-unsafe-webgpu",
      "--use-webgpu-adapter=swiftshader",
      "--enable-features=Vulkan",
      "--no-sandbox",
      "--disable-background-networking",
    ],
  });
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    await page.waitForFunction(() => "page" in globalThis, null, { timeout: 60_000 }).catch((error) => {
      throw new Error(`the page did not start: ${errors.join("; ") || error.message}`);
    });
    await use(page);
  } finally {
    await browser.close();
    await server.shutdown();
  }
}

/** The page, its script, or a file of tests/fixtures. */
async function answer({ pathname }: URL, script: string): Promise<Response> {
  if (pathname.startsWith("/fixtures/")) {
    return new Response(await Deno.readFile(new URL(`..${pathname}`, import.meta.url)));
  }
  const isScript = pathname === "/page.js";
  const type = isScript ? "text/javascript" : "text/html";
  const body = isScript ? script : `<!doctype html><script type="module" src="/page.js"></script>`;
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
}

async function bundle(modules: readonly URL[]): Promise<string> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(entry, modules.map(({ href }) => `import "${href}";\n`).join(""));
  const importMap = fileURLToPath(new URL("./import_map.json", import.meta.url));
  const args = ["bundle", "--quiet", "--platform", "browser", "--import-map", importMap, entry];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  await Deno.remove(entry);
  if (!success) throw new Error(`deno bundle failed: ${new TextDecoder().decode(stderr)}`);
  const script = new TextDecoder().decode(stdout);
  const needed = script.match(/\bfrom "node:\w+"|\bDeno\.\w+/);
  if (needed) throw new Error(`The page cannot run: a module in it needs ${needed[0]}, which no browser has.`);
  return script;
}
