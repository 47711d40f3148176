// Module: parameters found by name, training or evaluation mode. A property that is a Tensor is a parameter, one that is a Module (alone,
// in arrays or in plain objects) is a part. Names are PyTorch's: camelCase properties in snake_case, array places as numbers.

import { type Shape, Tensor } from "../tensor/mod.ts";
import { assertMatches, matchesName, type NamePattern } from "./name_pattern.ts";

/** A line of `summary()`. */
export interface ParameterRow {
  readonly name: string;
  readonly shape: Shape;
  /** Number of values. */
  readonly parameters: number;
  readonly trainable: boolean;
}

export abstract class Module {
  /** True from the start and after `train()`: dropout is on. */
  training = true;

  /** Every parameter with its name in a PyTorch state dict, in order of declaration; one that several parts share comes once, by its first name. */
  *namedParameters(prefix = ""): Generator<[string, Tensor]> {
    const seen = new Set<Tensor>();
    for (const [name, parameter] of parametersIn(this, prefix)) {
      if (seen.has(parameter)) continue;
      seen.add(parameter);
      yield [name, parameter];
    }
  }

  parameters(): Tensor[] {
    return Array.from(this.namedParameters(), ([, parameter]) => parameter);
  }

  /** This module and all its parts, with their names. */
  *namedModules(prefix = ""): Generator<[string, Module]> {
    yield [prefix, this];
    yield* modulesIn(this, prefix);
  }

  /** Dropout on (or off, with false). */
  train(on = true): this {
    for (const [, module] of this.namedModules()) module.training = on;
    return this;
  }

  /** Dropout off. */
  eval(): this {
    return this.train(false);
  }

  /**
   * Takes parameters out of training: they get no gradient and optimizers leave them alone. All of them, or those that a pattern means.
   * @throws RangeError where the pattern means none
   */
  freeze(pattern?: NamePattern): this {
    return this.#setTrainable("freeze", pattern, false);
  }

  /** Puts parameters back into training. @throws RangeError where the pattern means none */
  unfreeze(pattern?: NamePattern): this {
    return this.#setTrainable("unfreeze", pattern, true);
  }

  /** Every parameter as a row of a table. */
  summary(): ParameterRow[] {
    return Array.from(this.namedParameters(), ([name, { shape, size, requiresGrad }]) => ({
      name,
      shape,
      parameters: size,
      trainable: requiresGrad,
    }));
  }

  /** Number of values in all parameters, or in those that are trained. */
  numParameters({ onlyTrainable = false } = {}): number {
    return this.parameters().reduce((sum, p) => (onlyTrainable && !p.requiresGrad ? sum : sum + p.size), 0);
  }

  /** Gives the memory of all parameters back. */
  dispose(): void {
    for (const parameter of this.parameters()) parameter.dispose();
  }

  #setTrainable(caller: string, pattern: NamePattern | undefined, isTrainable: boolean): this {
    const named = [...this.namedParameters()];
    if (pattern !== undefined) assertMatches(caller, pattern, named.map(([name]) => name));
    for (const [name, parameter] of named) {
      if (pattern !== undefined && !matchesName(pattern, name)) continue;
      parameter.requiresGrad = isTrainable;
      if (isTrainable) continue;
      parameter.gradient?.dispose();
      parameter.gradient = null;
    }
    return this;
  }
}

function* parametersIn(holder: object, prefix: string): Generator<[string, Tensor]> {
  for (const [key, value] of partsOf(holder)) {
    const name = join(prefix, key);
    if (value instanceof Tensor) yield [name, value];
    else yield* parametersIn(value, name);
  }
}

function* modulesIn(holder: object, prefix: string): Generator<[string, Module]> {
  for (const [key, value] of partsOf(holder)) {
    if (value instanceof Tensor) continue;
    if (value instanceof Module) yield* value.namedModules(join(prefix, key));
    else yield* modulesIn(value, join(prefix, key));
  }
}

/** Tensors, modules, and the arrays and plain objects that may hold them. */
function* partsOf(holder: object): Generator<[string, object]> {
  for (const [key, value] of Object.entries(holder)) {
    if (typeof value !== "object" || value === null) continue;
    const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    if (plain || value instanceof Tensor || value instanceof Module) yield [key, value];
  }
}

function join(prefix: string, key: string): string {
  const name = /^[A-Z]/.test(key) ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return prefix ? `${prefix}.${name}` : name;
}
