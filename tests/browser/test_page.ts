// Runs in the browser's page: the tests that the modules bundled before this one have registered (see tests_test.ts).

import { registered } from "./devices.ts";

/** What the page offers to the test that drives it. */
export interface TestPage {
  names(): string[];
  /** Runs one test; says how it failed, nothing where it passed. */
  run(at: number): Promise<string | undefined>;
}

const page: TestPage = {
  names: () => registered.map(({ name }) => name),
  run: (at) => registered[at].run().then(() => undefined, (error) => String(error)),
};

Object.assign(globalThis, { page });
