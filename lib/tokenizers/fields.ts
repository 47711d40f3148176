// Reading parsed JSON field by field, so that a damaged tokenizer file is one clear sentence and never a crash later.

/** A parsed JSON object whose fields are checked as they are read. `where` names it in errors, e.g. `tokenizer.json: model`. */
export class Fields {
  private readonly object: Readonly<Record<string, unknown>>;

  /** @throws Error when `value` is not a JSON object. */
  constructor(value: unknown, readonly where: string) {
    if (!isObject(value)) throw new Error(`${where} is ${show(value)}; expected an object.`);
    this.object = value;
  }

  /** Parses a JSON file. @throws Error when it is no JSON or no object. */
  static parse(json: string, where: string): Fields {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch (cause) {
      throw new Error(`${where} is not valid JSON (${cause instanceof Error ? cause.message : cause}).`, { cause });
    }
    return new Fields(value, where);
  }

  get raw(): Readonly<Record<string, unknown>> {
    return this.object;
  }

  get type(): string {
    return this.string("type");
  }

  has(name: string): boolean {
    return Object.hasOwn(this.object, name) && this.object[name] !== null;
  }

  string(name: string, otherwise?: string): string {
    return this.read(name, "a string", (v) => typeof v === "string", otherwise);
  }

  boolean(name: string, otherwise?: boolean): boolean {
    return this.read(name, "true or false", (v) => typeof v === "boolean", otherwise);
  }

  /** A whole number, zero or more. */
  count(name: string, otherwise?: number): number {
    return this.read(name, "a whole number", isCount, otherwise);
  }

  list(name: string, otherwise?: readonly unknown[]): readonly unknown[] {
    return this.read(name, "a list", (v): v is readonly unknown[] => Array.isArray(v), otherwise);
  }

  /** The objects of a list, each named by its place. */
  objects(name: string): Fields[] {
    return this.list(name).map((value, i) => new Fields(value, `${this.where}.${name}[${i}]`));
  }

  section(name: string): Fields {
    return new Fields(this.object[name], `${this.where}.${name}`);
  }

  /** A nested object, or null where it is missing or null. */
  optional(name: string): Fields | null {
    return this.has(name) ? this.section(name) : null;
  }

  private read<T>(name: string, expected: string, is: (value: unknown) => value is T, otherwise: T | undefined): T {
    const value = this.has(name) ? this.object[name] : otherwise;
    if (is(value)) return value;
    throw new Error(`${this.where}.${name} is ${show(value)}; expected ${expected}.`);
  }
}

export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as an error names it: short, and a text in quotes. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
