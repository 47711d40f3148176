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

/** Bundles a module, opens it in a page, and closes all when `use` is done. */
export async function withPage(module: URL, use: (page: Page) => Promise<void>): Promise<void> {
  const script = await bundle(module);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const isScript = new URL(request.url).pathname === "/page.js";
    const type = isScript ? "text/javascript" : "text/html";
    const body = isScript ? script : `<!doctype html><script type="module" src="/page.js"></script>`;
    return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
  });
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

async function bundle(module: URL): Promise<string> {
  const args = ["bundle", "--quiet", "--platform", "browser", fileURLToPath(module)];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(`deno bundle failed: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
