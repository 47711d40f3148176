// The colours of all figures, in a light and a dark scheme. A figure lies on a card of its own, so that its text has the contrast it
// was given on whatever page it is shown; where the reader prefers dark pages the card is dark.
// The hues are those of Okabe and Ito, "Color Universal Design" (2008), darker on the light card and lighter on the dark one. No
// figure says anything by colour alone.

/** What an area is about: the fill of a box and its edge. `outline` groups others. */
export type Tone = "blue" | "orange" | "green" | "purple" | "amber" | "grey" | "outline" | "card";

interface Colors {
  readonly fill: string;
  readonly edge: string;
}

export interface Scheme {
  /** Text. */
  readonly ink: string;
  /** Text that explains. */
  readonly muted: string;
  /** Arrows and lines. */
  readonly line: string;
  readonly tones: Readonly<Record<Tone, Colors>>;
}

export const light: Scheme = {
  ink: "#1b1f24",
  muted: "#515a64",
  line: "#6b747e",
  tones: {
    card: { fill: "#ffffff", edge: "#d5dae0" },
    outline: { fill: "#ffffff", edge: "#858d96" },
    grey: { fill: "#eceef1", edge: "#858d96" },
    blue: { fill: "#dcebf5", edge: "#0072b2" },
    orange: { fill: "#fbe3d3", edge: "#d55e00" },
    green: { fill: "#d6efe7", edge: "#00855f" },
    purple: { fill: "#f6e4ef", edge: "#b35a8b" },
    amber: { fill: "#fcf0d3", edge: "#a87400" },
  },
};

export const dark: Scheme = {
  ink: "#e8eaed",
  muted: "#b0b7bf",
  line: "#959ea8",
  tones: {
    card: { fill: "#16191e", edge: "#343a42" },
    outline: { fill: "#16191e", edge: "#7c8690" },
    grey: { fill: "#2a2f36", edge: "#7c8690" },
    blue: { fill: "#143448", edge: "#56a9dd" },
    orange: { fill: "#46250f", edge: "#f08a45" },
    green: { fill: "#0f3a2e", edge: "#3fc49d" },
    purple: { fill: "#43263a", edge: "#dd96c0" },
    amber: { fill: "#43340d", edge: "#eab543" },
  },
};

/** The class of a figure's root: its rules hold for nothing else on a page that the figure is pasted into. */
export const ROOT_CLASS = "attend-figure";

/** Rules for both schemes: `.ink` and `.muted` for text, `.line`, `.head` of an arrow, `.blue` … for areas, `.solid` for bars. */
export function colorRules(): string {
  return `${rules(light)}\n@media (prefers-color-scheme: dark) {\n${rules(dark)}\n}`;
}

function rules({ ink, muted, line, tones }: Scheme): string {
  const areas = Object.entries(tones).flatMap(([tone, { fill, edge }]) => [
    `.${tone} { fill: ${fill}; stroke: ${edge}; }`,
    `.solid.${tone} { fill: ${edge}; stroke: none; }`,
  ]);
  return [
    `.ink { fill: ${ink}; }`,
    `.muted { fill: ${muted}; }`,
    `.line { fill: none; stroke: ${line}; }`,
    `.head { fill: ${line}; }`,
    ...areas,
  ].map((rule) => `.${ROOT_CLASS} ${rule}`).join("\n");
}
