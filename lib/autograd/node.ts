// One recorded step of the graph. It holds the tensors that its backward will need, and is counted: by the tensor it made and by the
// steps that used that tensor. When nobody can ask for its gradient any more, the memory it held is free.

import type { Gradient, Op } from "../ops/mod.ts";
import { type GradientNode, own, type Shape, type Tensor } from "../tensor/mod.ts";

/** Where the gradient of an input goes: on to another step, into a parameter's `grad`, or nowhere. */
export type Edge = { readonly node: Node } | { readonly leaf: Tensor } | null;

export class Node implements GradientNode {
  readonly edges: readonly Edge[];
  readonly #run: (dy: Tensor) => readonly Gradient[];
  readonly #saved: Tensor[];
  #references = 1;
  #released = false;

  constructor(
    readonly op: string,
    edges: readonly Edge[],
    saved: Tensor[],
    run: (dy: Tensor) => readonly Gradient[],
  ) {
    this.edges = edges;
    this.#saved = saved;
    this.#run = run;
    for (const edge of edges) if (edge && "node" in edge) edge.node.retain();
  }

  /** Records one call of `op`. */
  static of<Options>(op: Op<Options>, inputs: readonly Tensor[], options: Options, saved: readonly Tensor[]): Node {
    const edges = inputs.map((input): Edge => {
      if (input.node instanceof Node) return { node: input.node };
      return input.requiresGrad ? { leaf: input } : null;
    });
    const shapes: readonly Shape[] = inputs.map((input) => input.shape);
    const needs = edges.map((edge) => edge !== null);
    const held = saved.map((tensor) => own(tensor.alias()));
    return new Node(op.name, edges, held, (dy) => op.backward(dy, { saved: held, options, shapes, needs }));
  }

  /** dL/dy -> dL/dx for each input. @throws Error when the graph was used before */
  backward(dy: Tensor): readonly Gradient[] {
    if (this.#released) {
      throw new Error(
        `backward: the graph at "${this.op}" was freed by an earlier backward(); run forward again first.`,
      );
    }
    return this.#run(dy);
  }

  retain(): void {
    this.#references++;
  }

  release(): void {
    if (--this.#references === 0) this.free();
  }

  /** Gives back what the step holds; earlier steps follow once nobody else needs them. */
  free(): void {
    if (this.#released) return;
    this.#released = true;
    for (const tensor of this.#saved) tensor.dispose();
    for (const edge of this.edges) if (edge && "node" in edge) edge.node.release();
  }
}
