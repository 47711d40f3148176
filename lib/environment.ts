// Environment variables as lib reads them: one that may not be read counts as unset, and nobody is asked for permission.

/** The value of an environment variable; undefined where it is unset, empty or denied. */
export function readEnvironment(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) || undefined : undefined;
}
