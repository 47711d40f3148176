// Screens that remember what they were shown, and a clock that stands still until told.

import { isDisplayable, type MimeBundle, type Screen, textScreen } from "../../lib/notebook/display.ts";
import { jupyterDisplay } from "../../lib/notebook/display.ts";

/** One message to the page. */
export interface Shown {
  kind: "write" | "replace";
  displayId?: string;
  bundle: MimeBundle;
}

/** A notebook page. */
export function page(): { screen: Screen; shown: Shown[] } {
  const shown: Shown[] = [];
  const record = (kind: Shown["kind"]): Screen["write"] => async (value, displayId) => {
    if (!isDisplayable(value)) throw new TypeError("not displayable");
    shown.push({ kind, displayId, bundle: JSON.parse(JSON.stringify(await value[jupyterDisplay]())) });
  };
  const screen = { replaces: true, write: record("write"), replace: record("replace"), drain: () => Promise.resolve() };
  return { screen, shown };
}

/** A terminal. */
export function terminal(): { screen: Screen; printed: string[] } {
  const printed: string[] = [];
  return { screen: textScreen((text) => printed.push(text)), printed };
}

/** A clock in milliseconds. */
export function clock(): { now: () => number; pass: (ms: number) => void } {
  let time = 1000;
  return { now: () => time, pass: (ms) => time += ms };
}
