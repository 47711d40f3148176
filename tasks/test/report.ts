// Reads what `deno test` reports: dots while it runs, a last line with totals, and JUnit XML with every test's name.

export interface Totals {
  passed: number;
  failed: number;
}

/** A live line no more often than this on a terminal, a plain one elsewhere. */
const EVERY_MS = { terminal: 100, plain: 30_000 };

/** Counts the dots instead of printing them one a line. */
export class Counter {
  readonly #isTerminal: boolean;
  #tests = 0;
  #wrote = performance.now();

  constructor(isTerminal: boolean) {
    this.#isTerminal = isTerminal;
  }

  /** Whether this line is one test's dot (passed), comma (ignored) or exclamation mark (failed), or Deno's own total. */
  sees(line: string): boolean {
    if (/^(ok|FAILED) \| /.test(line)) return true;
    if (!/^[.,!]$/.test(line)) return false;
    this.#tests += 1;
    const now = performance.now();
    if (now - this.#wrote > (this.#isTerminal ? EVERY_MS.terminal : EVERY_MS.plain)) {
      this.#wrote = now;
      if (this.#isTerminal) Deno.stdout.writeSync(new TextEncoder().encode(`\r${this.#tests} tests and steps …`));
      else console.log(`${this.#tests} tests and steps …`);
    }
    return true;
  }

  end(): void {
    if (this.#isTerminal) Deno.stdout.writeSync(new TextEncoder().encode("\r\x1b[K"));
  }
}

/** The totals of Deno's last line; a run that ended without one, or failed outside of a test, has failed once. */
export function readTotals(output: string, exitCode: number): Totals {
  const [, passed = "0", failed = "0"] = /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/m.exec(output) ?? [];
  return { passed: Number(passed), failed: Math.max(Number(failed), exitCode === 0 ? 0 : 1) };
}

/** Names and files of the ignored tests in a JUnit report. */
export function readSkipped(junit: string): string[] {
  const cases = junit.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"[^>]*>\s*<skipped/g);
  return Array.from(cases, ([, name, file]) => `${unescapeXml(name)} (${unescapeXml(file).replace(/^\.\//, "")})`);
}

export function totalsLine({ passed, failed }: Totals, skipped: number): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function unescapeXml(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name]);
}
