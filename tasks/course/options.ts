// The course command's arguments, and the environment variables by which they reach a notebook's settings cell.

import { resolve } from "node:path";

export interface CourseOptions {
  /** A notebook's path, or every notebook of the course. */
  notebooks: string | "all";
  /** What `profile()` in the notebook reads. */
  env: Record<string, string>;
}

const DEFAULT_NOTEBOOK = "notebooks/01-cola.ipynb";

const positive = (value: string) => Number(value) > 0 && Number.isFinite(Number(value));
const filled = (value: string) => value !== "" && !value.startsWith("--");

/** option -> its variable, what it takes, and a test of its value */
const SETTINGS = {
  "--profile": {
    variable: "ATTEND_PROFILE",
    takes: "quick or full",
    accepts: (v: string) => v === "quick" || v === "full",
  },
  "--checkpoint": { variable: "ATTEND_CHECKPOINT", takes: "a model's hub id or folder", accepts: filled },
  "--learning-rate": { variable: "ATTEND_LEARNING_RATE", takes: "a number above 0", accepts: positive },
  "--epochs": { variable: "ATTEND_EPOCHS", takes: "a number above 0", accepts: positive },
} as const;

/**
 * Reads `[PATH.ipynb | --all] [--profile quick|full] [--checkpoint ID] [--learning-rate X] [--epochs N]`.
 * A path counts from `cwd`, the folder of the person who typed it; the default notebook from `root`, the project's.
 * Throws one sentence on anything else.
 */
export function parseOptions(args: readonly string[], { root, cwd }: { root: string; cwd: string }): CourseOptions {
  const env: Record<string, string> = {};
  let notebooks: string | undefined;
  const choose = (arg: string, chosen: string) => {
    if (notebooks !== undefined) {
      throw new Error(`course: ${arg} is one notebook too many; give one path, or --all for every notebook.`);
    }
    notebooks = chosen;
  };

  const rest = args.flatMap((arg) =>
    /^--[a-z-]+=/.test(arg) ? [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)] : [arg]
  );
  while (rest.length > 0) {
    const arg = rest.shift() ?? "";
    if (isSetting(arg)) {
      const { variable, takes, accepts } = SETTINGS[arg];
      const value = rest.shift() ?? "";
      if (!accepts(value)) throw new Error(`course: ${arg} is "${value}"; it takes ${takes}.`);
      env[variable] = value;
    } else if (arg === "--all") choose(arg, "all");
    else if (arg.endsWith(".ipynb")) choose(arg, resolve(cwd, arg));
    else {
      const known = ["PATH.ipynb", "--all", ...Object.keys(SETTINGS)].join(", ");
      throw new Error(`course: "${arg}" is not an option; known are ${known}.`);
    }
  }
  return { notebooks: notebooks ?? resolve(root, DEFAULT_NOTEBOOK), env };
}

function isSetting(arg: string): arg is keyof typeof SETTINGS {
  return Object.hasOwn(SETTINGS, arg);
}
