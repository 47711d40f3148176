// Environment variables as lib reads them: one that may not be read counts as unset, and nobody is asked for permission.

/** The value of an environment variable; undefined when it is unset, empty or denied. */
export async function readEnvironment(variable: string): Promise<string | undefined> {
  const { state } = await Deno.permissions.query({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) || undefined : undefined;
}
