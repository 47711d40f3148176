// What every optimizer shares: groups of parameters with their own settings, a state for each parameter, saving and loading both.
// The rule that turns a gradient into an update is the subclass's; the arithmetic runs on the device of the parameters.

import { keep, run, scope, type Tensor, tensor } from "../tensor/mod.ts";

/** Settings that every optimizer has. */
export interface OptimizerOptions {
  /** Learning rate. A schedule overwrites it in each group. */
  lr: number;
  weightDecay: number;
}

/** Parameters that share settings. `initialLr` is what a schedule multiplies. */
export type ParamGroup<Options extends OptimizerOptions> = Options & { params: Tensor[]; initialLr?: number };

/** A parameter that has a gradient, and its settings. */
export interface Update<Options extends OptimizerOptions> {
  readonly param: Tensor;
  readonly group: ParamGroup<Options>;
}

/** A group as it is given: parameters, and the settings in which it differs from the optimizer's. */
export type ParamGroupInput<Options extends OptimizerOptions> = Partial<Options> & { params: Iterable<Tensor> };

/** What an optimizer remembers of one parameter: updates done, and its moments by name. */
export interface ParameterState {
  step: number;
  readonly tensors: Readonly<Record<string, Tensor | Float32Array>>;
}

/** Everything needed to go on: parameters are numbered through all groups, in order. Tensors are the live ones, not copies. */
export interface OptimizerState {
  readonly paramGroups: readonly { readonly params: readonly number[]; readonly [setting: string]: unknown }[];
  readonly state: Readonly<Record<number, ParameterState>>;
}

/** State of one parameter while training: the tensors are this optimizer's own. */
interface LiveState extends ParameterState {
  readonly tensors: Record<string, Tensor>;
}

export abstract class Optimizer<Options extends OptimizerOptions = OptimizerOptions> {
  /** The settings of a group that names none. */
  readonly defaults: Readonly<Options>;
  readonly paramGroups: ParamGroup<Options>[] = [];
  readonly #state = new Map<Tensor, LiveState>();

  /** @throws RangeError when there is no parameter, one is given twice, or a setting is out of its range */
  constructor(
    params: Iterable<Tensor> | Iterable<ParamGroupInput<Options>>,
    defaults: Options,
    options: Partial<Options> = {},
  ) {
    this.defaults = defaults;
    this.#checkNames(options);
    this.defaults = { ...defaults, ...options };
    const given: (Tensor | ParamGroupInput<Options>)[] = [...params];
    const groups = given.filter((item): item is ParamGroupInput<Options> => "params" in item);
    const loose = given.filter((item): item is Tensor => !("params" in item));
    if (given.length === 0) throw new RangeError(`${this.constructor.name}: no parameters were given.`);
    if (groups.length > 0 && loose.length > 0) {
      throw new TypeError(`${this.constructor.name}: parameters and groups are mixed; give one kind.`);
    }
    if (loose.length > 0) this.#add(loose, {});
    for (const group of groups) this.addParamGroup(group);
  }

  /** Adds parameters later on, for example layers that were frozen so far. */
  addParamGroup(group: ParamGroupInput<Options>): void {
    this.#add(group.params, group);
  }

  /** One update of every parameter that has a gradient; those without are left as they are. */
  step(): void {
    scope(() =>
      this.update(
        this.paramGroups.flatMap((group) => group.params.flatMap((param) => param.gradient ? [{ param, group }] : [])),
      )
    );
  }

  /** Forgets all gradients, so that the next `backward()` starts from none. */
  zeroGrad(): void {
    for (const group of this.paramGroups) {
      for (const param of group.params) {
        param.gradient?.dispose();
        param.gradient = null;
      }
    }
  }

  stateDict(): OptimizerState {
    this.#settle();
    const numbers = this.#numbers();
    const numberOf = (param: Tensor) => numbers.get(param) ?? -1;
    return {
      paramGroups: this.paramGroups.map((group) => {
        return { ...Object.fromEntries(Object.entries(group)), params: group.params.map(numberOf) };
      }),
      state: Object.fromEntries([...this.#state].map(([param, own]) => [numberOf(param), own])),
    };
  }

  /** Goes on where another optimizer of the same groups stopped; its tensors are copied. @throws RangeError where groups differ */
  loadStateDict(saved: OptimizerState): void {
    this.loadParamGroups(saved.paramGroups);
    for (const [number, state] of Object.entries(saved.state)) this.loadParameterState(Number(number), state);
  }

  /** The first part of loadStateDict: takes the groups' settings over and forgets the state of every parameter. */
  loadParamGroups(saved: OptimizerState["paramGroups"]): void {
    const sizes = (groups: readonly { params: ArrayLike<unknown> }[]) =>
      groups.map((group) => group.params.length).join(", ");
    if (sizes(saved) !== sizes(this.paramGroups)) {
      throw new RangeError(
        `${this.constructor.name}: the saved state has groups of ${sizes(saved)} parameters and this optimizer ` +
          `of ${sizes(this.paramGroups)}; make the groups alike.`,
      );
    }
    this.paramGroups.forEach((group, i) => Object.assign(group, saved[i], { params: group.params }));
    this.#settle();
    for (const own of this.#state.values()) Object.values(own.tensors).forEach((moment) => moment.dispose());
    this.#state.clear();
  }

  /** The other part, for one parameter: a state that is read from a file is never in memory as a whole. */
  loadParameterState(number: number, { step, tensors }: ParameterState): void {
    const param = this.paramGroups.flatMap((group) => group.params)[number];
    if (!param) {
      throw new RangeError(`${this.constructor.name}: there is no parameter ${number}; make the groups alike.`);
    }
    const own = Object.entries(tensors).map(([name, values]) => [name, copyOf(values, param)]);
    this.#state.set(param, { step, tensors: Object.fromEntries(own) });
  }

  /** The rule: changes parameters in place by their gradients. */
  protected abstract update(updates: readonly Update<Options>[]): void;

  /** Refuses settings out of their range; subclasses add their own. */
  protected check(group: ParamGroup<Options>): void {
    for (const name of ["lr", "weightDecay"] as const) this.checkAtLeast0(name, group[name]);
  }

  protected checkAtLeast0(name: string, value: number): void {
    if (value >= 0) return;
    throw new RangeError(`${this.constructor.name}: ${name} is ${value}; it must be 0 or more.`);
  }

  /** The state of a parameter, made on its first update. `create` gives its tensors. */
  protected stateOf(param: Tensor, create: () => Record<string, Tensor>): LiveState {
    let own = this.#state.get(param);
    if (!own) {
      own = { step: 0, tensors: create() };
      Object.values(own.tensors).forEach(keep);
      this.#state.set(param, own);
    }
    return own;
  }

  /** Does the updates that were put off. */
  #settle(): void {
    for (const param of this.#state.keys()) if (!param.isDisposed) param.storage.settle();
  }

  #add(given: Iterable<Tensor>, options: Partial<Options>): void {
    this.#checkNames(options);
    const known = new Set(this.paramGroups.flatMap((group) => group.params));
    const params = [...given];
    for (const param of params) {
      if (known.has(param)) {
        throw new RangeError(
          `${this.constructor.name}: a parameter of shape (${param.shape.join(", ")}) is given twice.`,
        );
      }
      known.add(param);
    }
    const group = { ...this.defaults, ...options, params };
    this.check(group);
    this.paramGroups.push(group);
  }

  /** An option that nobody reads would be a silent mistake. */
  #checkNames(options: Partial<Options>): void {
    const known = Object.keys(this.defaults);
    const unknown = Object.keys(options).find((name) => ![...known, "params", "initialLr"].includes(name));
    if (unknown === undefined) return;
    throw new RangeError(`${this.constructor.name}: unknown option "${unknown}"; known are ${known.join(", ")}.`);
  }

  #numbers(): Map<Tensor, number> {
    return new Map(this.paramGroups.flatMap((group) => group.params).map((param, i) => [param, i]));
  }
}

/** A tensor of its own with the saved values, in the shape of its parameter. */
function copyOf(values: Tensor | Float32Array, param: Tensor): Tensor {
  if (values instanceof Float32Array) return keep(tensor(values, param.shape));
  return keep(scaled(values, 1));
}

/** factor · x as a new tensor. */
export function scaled(x: Tensor, factor: number): Tensor {
  return run("scale", [x], [x.shape], { size: x.size, factor })[0];
}
