// What a kernel asks of the device: one or more passes.

/** One dispatch. */
export interface Pass {
  readonly entry: string;
  /** Workgroups it takes; a fraction counts as one more. */
  readonly workgroups: number;
  /** Values of the shader's `override` constants; each set of values is a pipeline of its own. */
  readonly constants: Readonly<Record<string, number>>;
}
