// The library's only public door: everything a lesson, a script or a test of the public API imports comes from here.
// Importing it chooses the device.

import { chooseDevice } from "./backend/choose.ts";
import { timeTrainingStep } from "./models/trial.ts";
import { setDownloadListener } from "./hub/mod.ts";
import { setDataSurroundings } from "./data/mod.ts";
import { downloadDisplay, listenForInterrupt, mapDisplay, notebookDisplay, withInterrupt } from "./notebook/mod.ts";
import { setTrainerSurroundings } from "./trainer/mod.ts";

await chooseDevice(timeTrainingStep);
setDownloadListener(downloadDisplay());
setDataSurroundings({ mapListener: mapDisplay(), listenForInterrupt });
setTrainerSurroundings({ display: notebookDisplay, withInterrupt });

export type { DeviceReport } from "./backend/backend.ts";
export { keep, type NestedNumbers, openScope, Random, scope, setSeed, Tensor, tensor } from "./tensor/mod.ts";
export { concat, noGrad, stack } from "./autograd/mod.ts";
export * as nn from "./nn/mod.ts";
export { HubError } from "./hub/mod.ts";
export * from "./data/mod.ts";
export * from "./models/mod.ts";
export * from "./optim/mod.ts";
export * from "./metrics/mod.ts";
export * from "./tokenizers/mod.ts";
export * from "./pipeline/mod.ts";
export * from "./trainer/mod.ts";
export * from "./notebook/mod.ts";

// names of types that two folders use, settled
export type { Cell, Feature, LoadOptions } from "./data/mod.ts";
export type { Batch } from "./models/mod.ts";
