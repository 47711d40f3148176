// Dataset.map() as a progress display.

import type { MapProgress } from "../data/mod.ts";
import { currentScreen } from "./display.ts";
import { type Progress, progress, type Surroundings } from "./progress.ts";

/** What is done sooner than this is there before one can look. */
const PATIENCE_MS = 500;

/** Gives each map() a listener (`setDataSurroundings`) that shows its rows once it takes a while. */
export function mapDisplay(around: Surroundings = {}): () => (state: MapProgress) => void {
  const now = around.now ?? (() => performance.now());
  return () => {
    const startedAt = now();
    let bar: Progress | undefined;
    return ({ rows, total }) => {
      if (!bar && (rows === total || now() - startedAt < PATIENCE_MS)) return;
      bar ??= progress(
        { label: "Mapping", total, firstStep: rows, unit: "rows" },
        { ...around, screen: around.screen ?? currentScreen() },
      );
      bar.update(rows);
      if (rows === total) void bar.done(); // the caller goes on meanwhile
    };
  };
}
