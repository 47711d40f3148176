// The course needs one version of Deno or a later one; this must be told before anything loads that an older one cannot load.

const NEEDED = [2, 9, 6] as const;

/** Why this version of Deno cannot run the course, undefined where it can. */
export function refusal(version: string): string | undefined {
  const parts = version.split(/[.+-]/, 3).map(Number);
  const difference = NEEDED.map((needed, i) => (parts[i] ?? 0) - needed).find((d) => d !== 0) ?? 0;
  if (difference >= 0) return undefined;
  const why = /^2\.8\.[23]\b/.test(version) ? " (its Jupyter kernel reports failing cells as passed)" : "";
  const needed = NEEDED.join(".");
  return `Deno ${version} is too old for this course${why}; it needs ${needed} or later: run \`deno upgrade\`, or put \`npx -y deno@${needed}\` in place of \`deno\`.`;
}

/** Ends the process with one sentence where Deno is too old. */
export function requireDeno(): void {
  const reason = refusal(Deno.version.deno);
  if (reason === undefined) return;
  console.error(reason);
  Deno.exit(1);
}
