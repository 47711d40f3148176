// Reading JSON that somebody else wrote (a kernel, a notebook file): each field is asked for by name and type,
// and a wrong one is an error that names it.

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses `text` as a JSON object; `what` names it in the error. */
export function parseObject(text: string, what: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${what} is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (!isObject(value)) {
    throw new Error(`${what} holds ${JSON.stringify(value)?.slice(0, 40)}; expected a JSON object.`);
  }
  return value;
}

/** `from[key]` as an object, an empty one where the field is missing. */
export function objectAt(from: JsonObject, key: string): JsonObject {
  const value = from[key] ?? {};
  if (!isObject(value)) throw wrongType(key, value, "an object");
  return value;
}

/** `from[key]` as a string; without a fallback a missing field is an error. */
export function textAt(from: JsonObject, key: string, fallback?: string): string {
  const value = from[key] ?? fallback;
  if (typeof value !== "string") throw wrongType(key, value, "a string");
  return value;
}

/** `from[key]` as a number, undefined where the field is missing. */
export function numberAt(from: JsonObject, key: string): number | undefined {
  const value = from[key] ?? undefined;
  if (value !== undefined && typeof value !== "number") throw wrongType(key, value, "a number");
  return value;
}

/** A multi-line string as notebooks hold it: one string, or a list of lines that keep their line ends. */
export function linesAt(from: JsonObject, key: string): string {
  const value = from[key] ?? "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
  throw wrongType(key, value, "a string or a list of strings");
}

function wrongType(key: string, value: unknown, wanted: string): Error {
  return new Error(`Field "${key}" is ${JSON.stringify(value)?.slice(0, 40)}; expected ${wanted}.`);
}
