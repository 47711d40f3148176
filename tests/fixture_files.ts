// Reads files of tests/fixtures. In a browser's page another file stands in for this one (tests/browser/import_map.json).

const folder = new URL("./fixtures/", import.meta.url);

/** The bytes of a fixture, by its path from tests/fixtures. */
export function readFixture(path: string): Uint8Array {
  return Deno.readFileSync(new URL(path, folder));
}
