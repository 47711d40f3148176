// The splits of a set, each under its name: `data.train`.

/** Splits by name. One that is missing is an error with the names of those that are there, not undefined. */
export class SplitDict<T> {
  declare train: T;
  declare validation: T;
  declare test: T;

  constructor(splits: Readonly<Record<string, T>>) {
    Object.assign(this, splits);
  }

  /** The names of the splits. */
  keys(): string[] {
    return Object.keys(this);
  }

  values(): T[] {
    return Object.values(this);
  }

  entries(): [split: string, set: T][] {
    return Object.entries(this);
  }

  /** The split of any name. @throws RangeError where there is none */
  get(split: string): T {
    const found = this.entries().find(([name]) => name === split);
    if (found) return found[1];
    throw new RangeError(`There is no split "${split}"; the splits are ${this.keys().join(", ")}.`);
  }

  has(split: string): boolean {
    return this.keys().includes(split);
  }
}

Object.setPrototypeOf(
  SplitDict.prototype,
  new Proxy(Object.prototype, {
    get: (target, key, dict) =>
      key === "train" || key === "validation" || key === "test" ? dict.get(key) : Reflect.get(target, key, dict),
  }),
);
