// Which parameters weight decay leaves alone.

import type { Tensor } from "../tensor/mod.ts";

/** Biases and normalization weights, by name, as Transformers' Trainer tells them (4.57: get_decay_parameter_names). */
const noDecay = [/bias/, /layernorm/, /rmsnorm/, /(^|[._])norm\d*($|\.)/];

/**
 * Two groups for an optimizer: all weights under `weightDecay`, and biases and normalization weights under none.
 * A weight that has two names (tied) counts once, under the first.
 */
export function decayGroups(
  namedParameters: Iterable<[string, Tensor]>,
  weightDecay: number,
): { params: Tensor[]; weightDecay: number }[] {
  const seen = new Set<Tensor>();
  const named = [...namedParameters].filter(([, param]) => !seen.has(param) && seen.add(param));
  const decays = ([name]: [string, Tensor]) => !noDecay.some((pattern) => pattern.test(name.toLowerCase()));
  const group = (chosen: [string, Tensor][], decay: number) => ({
    params: chosen.map(([, p]) => p),
    weightDecay: decay,
  });
  return [group(named.filter(decays), weightDecay), group(named.filter((entry) => !decays(entry)), 0)];
}
