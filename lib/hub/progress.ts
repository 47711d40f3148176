// What a download tells while it runs. The library prints nothing: a notebook or a terminal gives a listener.

/** One file on its way: told at its start, after each piece and at its end. */
export interface DownloadProgress {
  readonly repo: string;
  readonly path: string;
  /** Bytes on the disk so far, those of an earlier, cut download included. */
  readonly bytes: number;
  readonly total: number;
}

export type ProgressListener = (progress: DownloadProgress) => void;

let listener: ProgressListener | undefined;

/** Sets who hears of downloads that were started without an `onProgress` of their own; undefined for nobody. */
export function setDownloadListener(onProgress: ProgressListener | undefined): void {
  listener = onProgress;
}

/** The listener of downloads without one of their own. */
export function downloadListener(): ProgressListener | undefined {
  return listener;
}
