// Fixtures in a browser's page: fetched from the server of the page (chromium.ts) before the tests that read them run.

const paths = [
  "ops.json",
  "ops.safetensors",
  "special.json",
  "models/bert/config.json",
  "models/bert/model.safetensors",
  "models/bert/golden.json",
  "models/bert/golden.safetensors",
];

const files = new Map(
  await Promise.all(paths.map(async (path): Promise<[string, Uint8Array]> => {
    const response = await fetch(`/fixtures/${path}`);
    if (!response.ok) throw new Error(`tests/fixtures has no ${path}.`);
    return [path, new Uint8Array(await response.arrayBuffer())];
  })),
);

/** The bytes of a fixture, by its path from tests/fixtures. */
export function readFixture(path: string): Uint8Array {
  const file = files.get(path);
  if (!file) throw new Error(`${path} is not fetched into the page; name it in tests/browser/fixture_files.ts.`);
  return file;
}
