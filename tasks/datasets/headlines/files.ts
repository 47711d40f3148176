// The files of the set: three labelled splits and the unlabelled texts (label -1, as in other sets of the hub) as JSON lines.

import { classLabel, stringFeature, writeJsonLines } from "../text/files.ts";
import { headlines, sections } from "./build.ts";

export const writeHeadlines = (folder: string): Promise<void> =>
  writeJsonLines(folder, {
    description: "Notices of a harbour town's newspaper in four sections, and unlabelled notes; see README.md.",
    features: { text: stringFeature, label: classLabel(...Object.keys(sections)) },
  }, headlines());
