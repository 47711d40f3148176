// reportTo "jsonl": the log as a file of one JSON object a line, the same lines as `state.logHistory`. A run that resumes begins with the
// lines up to its checkpoint, so that the file too is as if the run had never stopped.

import { join } from "node:path";
import { writeFile } from "../hub/write.ts";
import type { TrainerCallback } from "./callbacks.ts";
import type { LogEntry } from "./state.ts";
import type { TrainingArguments } from "./training_arguments.ts";

export const jsonLines: TrainerCallback = {
  onTrainBegin: (args, { logHistory }) => writeFile(fileOf(args), logHistory.map(lineOf).join("")),
  async onLog(args, _state, _control, { logs }) {
    if (!logs) return;
    await Deno.mkdir(folderOf(args), { recursive: true }); // an evaluation may be logged before any training
    await Deno.writeTextFile(fileOf(args), lineOf(logs), { append: true });
  },
};

const folderOf = (args: TrainingArguments): string => args.loggingDir ?? args.outputDir;
const fileOf = (args: TrainingArguments): string => join(folderOf(args), "trainer_log.jsonl");
const lineOf = (entry: LogEntry): string => `${JSON.stringify(entry)}\n`;
