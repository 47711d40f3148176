// Parameters in groups with settings of their own, as an optimizer takes them: a new head learns faster than the body it stands on.

import type { Tensor } from "../tensor/mod.ts";
import type { Module } from "./module.ts";
import { assertMatches, matchesName, type NamePattern } from "./name_pattern.ts";

/**
 * The trainable parameters of a module in one group a rule, `{ params, ...settings }`; the first rule that fits takes a parameter, and
 * those that none fits come last, without settings: `new AdamW(parameterGroups(model, [{ match: "classifier", lr: 1e-3 }]), { lr: 2e-5 })`.
 * @throws RangeError where a rule fits no parameter
 */
export function parameterGroups<Settings extends object>(
  module: Module,
  rules: readonly ({ readonly match: NamePattern } & Settings)[],
): ({ params: Tensor[] } & Partial<Omit<Settings, "match">>)[] {
  const named = [...module.namedParameters()];
  for (const { match } of rules) assertMatches("parameterGroups", match, named.map(([name]) => name));
  const taken = new Set<Tensor>(named.map(([, parameter]) => parameter).filter((parameter) => !parameter.requiresGrad));
  const take = (fits: (name: string) => boolean) =>
    named.filter(([name, parameter]) => fits(name) && !taken.has(parameter) && taken.add(parameter))
      .map(([, parameter]) => parameter);
  const groups = rules.map(({ match, ...settings }) => ({
    params: take((name) => matchesName(match, name)),
    ...settings,
  }));
  return [...groups, { params: take(() => true) }].filter(({ params }) => params.length > 0) as (
    & { params: Tensor[] }
    & Partial<Omit<Settings, "match">>
  )[];
}
