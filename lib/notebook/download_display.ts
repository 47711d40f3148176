// Downloads from the hub as progress displays, one a file.

import type { DownloadProgress } from "../hub/mod.ts";
import { currentScreen } from "./display.ts";
import { type Progress, progress, type Surroundings } from "./progress.ts";

const MEGABYTE = 1e6;

/** A listener for the hub's downloads (`setDownloadListener`); files below a megabyte are there before one can look. */
export function downloadDisplay(around: Surroundings = {}): (state: DownloadProgress) => void {
  const running = new Map<string, Progress>();
  return ({ repo, path, bytes, total }) => {
    if (total < MEGABYTE) return;
    const file = `${repo}/${path}`;
    const megabytes = (count: number) => Math.round(count / MEGABYTE);
    const bar = running.get(file) ?? progress(
      { label: `Downloading ${file}`, total: megabytes(total), firstStep: megabytes(bytes), unit: "MB" },
      { ...around, screen: around.screen ?? currentScreen() },
    );
    running.set(file, bar);
    bar.update(megabytes(bytes));
    if (bytes < total) return;
    running.delete(file);
    void bar.done(); // the file's reader goes on meanwhile
  };
}
