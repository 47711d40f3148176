// Reverse-mode differentiation over the recorded graph (Baydin et al. 2018, section 3.2).

import { RowGradient } from "../ops/mod.ts";
import { full, keep, run, sameShape, scope, shapeText, type Tensor, update } from "../tensor/mod.ts";
import { noGrad } from "./grad_mode.ts";
import { Node } from "./node.ts";

/**
 * Computes dL/dp for every parameter p that led to `y`, adds it to `p.grad` and frees the graph.
 * @param y the loss L itself, one number; or any tensor, with dL/dy as `gradient`
 * @throws RangeError where `gradient` is missing or of another shape; Error where no gradient flows to y
 */
export function backward(y: Tensor, gradient?: Tensor): void {
  const shape = shapeText(y.shape);
  if (!gradient && y.size !== 1) {
    throw new RangeError(`backward: the loss has shape ${shape}; it must be one number, or come with a gradient.`);
  }
  if (gradient && !sameShape(gradient.shape, y.shape)) {
    throw new RangeError(`backward: the gradient's shape ${shapeText(gradient.shape)} is not the tensor's ${shape}.`);
  }
  const root = y.node;
  if (!(root instanceof Node)) {
    throw new Error(`backward: no gradient flows to this tensor; it was made under noGrad() or from no parameter.`);
  }
  noGrad(() => {
    const gradients = new Map<Node, Tensor>([[root, keep(gradient?.alias() ?? full(y.shape, 1))]]);
    const order = reverseOrder(root);
    for (const node of order) node.retain(); // a step that was used frees those before it, unless they are held
    for (const node of order) {
      const dy = gradients.get(node);
      gradients.delete(node);
      if (!dy) {
        node.release();
        continue;
      }
      const inputGradients = scope(() => node.backward(dy));
      dy.dispose();
      node.edges.forEach((edge, i) => {
        const gradient = inputGradients[i];
        if (!gradient) return;
        if (!edge) gradient.dispose();
        else if ("leaf" in edge) addToLeaf(edge.leaf, gradient);
        else gradients.set(edge.node, addUp(gradients.get(edge.node), keep(denseOf(gradient))));
      });
      node.free();
      node.release();
    }
  });
}

/** The steps from the loss back, each after all that used its output. */
function reverseOrder(root: Node): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>([root]);
  const stack: { node: Node; next: number }[] = [{ node: root, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    const edge = top.node.edges[top.next++];
    if (edge === undefined) {
      order.push(top.node);
      stack.pop();
    } else if (edge && "node" in edge && !seen.has(edge.node)) {
      seen.add(edge.node);
      stack.push({ node: edge.node, next: 0 });
    }
  }
  return order.reverse();
}

function addToLeaf(leaf: Tensor, gradient: Tensor | RowGradient): void {
  const before = leaf.gradient;
  if (gradient instanceof RowGradient && (before === null || before instanceof RowGradient)) {
    leaf.gradient = before ? before.plus(gradient) : gradient;
    return;
  }
  const dense = denseOf(gradient);
  // gradients are changed in place (clipping), so memory shared with another one is copied first
  const own = dense.storage.isShared ? copy(dense) : dense;
  leaf.grad = addUp(leaf.grad ?? undefined, keep(own));
}

function denseOf(gradient: Tensor | RowGradient): Tensor {
  if (!(gradient instanceof RowGradient)) return gradient;
  const dense = gradient.dense();
  gradient.dispose();
  return dense;
}

function addUp(sum: Tensor | undefined, gradient: Tensor): Tensor {
  if (!sum) return gradient;
  if (sum.storage.isShared) {
    const [added] = run("add", [sum, gradient], [sum.shape], { size: sum.size });
    sum.dispose();
    gradient.dispose();
    return keep(added);
  }
  update("accumulate", [gradient], [sum], { size: sum.size });
  gradient.dispose();
  return sum;
}

function copy(x: Tensor): Tensor {
  const [y] = run("scale", [x], [x.shape], { size: x.size, factor: 1 });
  x.dispose();
  return y;
}
