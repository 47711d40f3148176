// The classification report: precision, recall, F1 and support of every class, and their averages, as one text.

import { classesOf, labelList, labelPair, type Labels } from "./labels.ts";
import { precisionRecallFscoreSupport } from "./precision_recall.ts";

/** Options of the report, scikit-learn's names and defaults. */
export interface ReportOptions {
  /** The classes to report and their order; all that occur, sorted, when absent. */
  labels?: Labels;
  /** Names shown in place of the classes, in their order. */
  targetNames?: readonly string[];
  /** Decimals of the three scores. */
  digits?: number;
  /** What 0/0 counts as: 0, 1, or NaN (then left out of averages). */
  zeroDivision?: number;
}

/** The scores of one line of the report, under scikit-learn's own keys. */
export interface ReportRow {
  precision: number;
  recall: number;
  "f1-score": number;
  support: number;
}

/** The report as data: one row a class (by name) and one an average; `accuracy` is a plain number. */
export type ReportTable = Record<string, ReportRow | number>;

const headers = ["precision", "recall", "f1-score", "support"];

/**
 * The report as text, character by character as scikit-learn prints it; with `outputDict: true` as data.
 * Throws where targetNames and classes differ in number.
 */
export function classificationReport(
  yTrue: Labels,
  yPred: Labels,
  options?: ReportOptions & { outputDict?: false },
): string;
export function classificationReport(
  yTrue: Labels,
  yPred: Labels,
  options: ReportOptions & { outputDict: true },
): ReportTable;
export function classificationReport(
  yTrue: Labels,
  yPred: Labels,
  options: ReportOptions & { outputDict?: boolean } = {},
): string | ReportTable {
  const pair = labelPair(yTrue, yPred, "classificationReport");
  const present = classesOf(pair.yTrue, pair.yPred);
  const labels = options.labels ? labelList(options.labels, "classificationReport") : present;
  const names = options.targetNames ?? labels.map(String);
  if (names.length !== labels.length) {
    throw new RangeError(
      `classificationReport: ${names.length} targetNames for ${labels.length} classes; give labels as well, one name each.`,
    );
  }
  const common = { labels, zeroDivision: options.zeroDivision };
  const [precision, recall, f1, support] = precisionRecallFscoreSupport(pair.yTrue, pair.yPred, common);
  const classes: Line[] = names.map((name, i) => [name, precision[i], recall[i], f1[i], support[i]]);
  const total = support.reduce((a, b) => a + b, 0);
  const coversAll = present.every((label) => labels.includes(label));
  const averages = (["micro", "macro", "weighted"] as const).map((average): Line => {
    const [p, r, f] = precisionRecallFscoreSupport(pair.yTrue, pair.yPred, { ...common, average });
    return [average === "micro" && coversAll ? "accuracy" : `${average} avg`, p, r, f, total];
  });
  if (options.outputDict) return table([...classes, ...averages]);
  // scikit-learn's counts turn into floats ("2.0") where not one row is right; the text follows it.
  const isAnyRight = pair.yTrue.some((label, i) => label === pair.yPred[i]);
  return text(classes, averages, options.digits ?? 2, isAnyRight);
}

type Line = [name: string, precision: number, recall: number, f1: number, support: number];

function table(lines: readonly Line[]): ReportTable {
  return Object.fromEntries(
    lines.map(([name, precision, recall, f1, support]) => [
      name,
      name === "accuracy" ? precision : { precision, recall, "f1-score": f1, support },
    ]),
  );
}

function text(classes: readonly Line[], averages: readonly Line[], digits: number, isAnyRight: boolean): string {
  const nameWidth = Math.max(...classes.map(([name]) => Array.from(name).length), "weighted avg".length, digits);
  const cells = (name: string, values: readonly string[]) =>
    padStart(name, nameWidth) + " " + values.map((value) => " " + value.padStart(9)).join("");
  const line = ([name, precision, recall, f1, support]: Line) =>
    cells(name, [
      name === "accuracy" ? "" : fixed(precision, digits),
      name === "accuracy" ? "" : fixed(recall, digits),
      fixed(f1, digits),
      isAnyRight ? String(support) : support.toFixed(1),
    ]);
  return [cells("", headers), "", ...classes.map(line), "", ...averages.map(line), ""].join("\n");
}

/** Decimals as Python prints them: a tie goes to the even digit (0.625 is 0.62), where toFixed goes up. */
function fixed(value: number, digits: number): string {
  if (Number.isNaN(value)) return "nan";
  const text = value.toFixed(digits);
  const isTie = /^50*$/.test(value.toFixed(digits + 30).slice(-30)); // toFixed is exact, ties differ within 30 digits
  const isOdd = "13579".includes(text.at(-1) ?? "");
  return isTie && isOdd ? (Number(text) - 10 ** -digits).toFixed(digits) : text;
}

/** Pads by characters, as Python counts them, not by UTF-16 units. */
function padStart(name: string, width: number): string {
  return " ".repeat(Math.max(0, width - Array.from(name).length)) + name;
}
