// To a cell that cannot be parsed the kernel answers "Execution failed" and no more. Deno's formatter tells where.

import type { CellError } from "./kernel.ts";

/** The syntax error behind an "Execution failed", any other error as it is. */
export async function explainError(error: CellError, source: string): Promise<CellError> {
  if (error.evalue !== "Execution failed" || error.traceback.length > 0) return error;
  const formatter = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--ext", "ts", "-"],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const writer = formatter.stdin.getWriter();
  await writer.write(new TextEncoder().encode(source));
  await writer.close();
  const said = new TextDecoder().decode((await formatter.output()).stderr);
  const found = /SyntaxError: ([^\n]*)\n([^]*?)\n\s*at [^\n]*:(\d+):(\d+)/.exec(said);
  if (!found) return error;
  const [, message, excerpt, line, column] = found;
  const evalue = `${message} (line ${line}, column ${column})`;
  return { ename: "SyntaxError", evalue, traceback: [`SyntaxError: ${evalue}`, ...excerpt.split("\n")] };
}
