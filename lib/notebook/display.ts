// Where things are shown: a Screen is the notebook (display_data messages of Deno's kernel) or a terminal (plain text).
// Here live the protocol and show(); what a table or a figure looks like is in their own files.
// Messages: https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data

/** One thing in several formats, keyed by MIME type; the page picks the richest that it can draw. */
export type MimeBundle = Record<string, string | object>;

/** The symbol under which Deno's kernel looks for a value's own MIME bundle. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/** A value that knows how it looks: as a MIME bundle in a notebook, as text (`toString`) everywhere else. */
export interface Displayable {
  [jupyterDisplay](): MimeBundle | Promise<MimeBundle>;
  toString(): string;
}

/** A place to show things. A display written under an id can be replaced later where `replaces` is true. */
export interface Screen {
  /** False where written text stays for good (a terminal): live displays then write only what is new. */
  readonly replaces: boolean;
  write(value: Displayable, displayId?: string): Promise<void>;
  replace(value: Displayable, displayId: string): Promise<void>;
  /** Resolves when everything written so far has left this process. */
  drain(): Promise<void>;
}

/** The kernel queues its messages and may announce a cell's end before they are sent; the queue empties within this. */
const DRAIN_MS = 10;

function kernelScreen(jupyter: typeof Deno.jupyter): Screen {
  const send = async (type: string, value: Displayable, displayId?: string) => {
    const data = await value[jupyterDisplay]();
    await jupyter.broadcast(type, { data, metadata: {}, transient: displayId ? { display_id: displayId } : {} });
  };
  return {
    replaces: true,
    write: (value, displayId) => send("display_data", value, displayId),
    replace: (value, displayId) => send("update_display_data", value, displayId),
    drain: () => new Promise((resolve) => setTimeout(resolve, DRAIN_MS)),
  };
}

/** Prints the plain text of what is shown with `print`, one call a display. */
export function textScreen(print: (text: string) => void): Screen {
  const write = (value: Displayable) => Promise.resolve(print(value.toString()));
  return { replaces: false, write, replace: write, drain: () => Promise.resolve() };
}

function runningKernel(): typeof Deno.jupyter | undefined {
  try {
    return Deno.jupyter;
  } catch {
    return undefined; // the getter throws everywhere but in `deno jupyter`
  }
}

/** The notebook when this runs in Deno's kernel, standard output otherwise. */
export function currentScreen(): Screen {
  const jupyter = runningKernel();
  return jupyter ? kernelScreen(jupyter) : textScreen((text) => console.log(text));
}

/** True for values that carry their own MIME bundle. */
export function isDisplayable(value: unknown): value is Displayable {
  return typeof value === "object" && value !== null && jupyterDisplay in value;
}

/** Any value as a Displayable: strings as they are, other plain values as Deno prints them, without colours. */
export function displayable(value: unknown): Displayable {
  if (isDisplayable(value)) return value;
  const text = typeof value === "string" ? value : Deno.inspect(value, { colors: false });
  return { [jupyterDisplay]: () => ({ "text/plain": text }), toString: () => text };
}

/**
 * Shows values, one display each, and resolves when they have really gone out: a cell that ends right after
 * `await show(…)` has lost nothing. Outside a notebook their text is printed.
 */
export async function show(...values: unknown[]): Promise<void> {
  const screen = currentScreen();
  for (const value of values) await screen.write(displayable(value));
  await screen.drain();
}

/**
 * One display that is replaced as its content grows. Calls to `render` return at once and are sent in order;
 * `settle` resolves when the last one has gone out.
 */
export function liveDisplay(screen: Screen): { render(value: Displayable): void; settle(): Promise<void> } {
  const displayId = crypto.randomUUID();
  let sent: Promise<void> | undefined;
  return {
    render(value) {
      sent = sent ? sent.then(() => screen.replace(value, displayId)) : screen.write(value, displayId);
    },
    async settle() {
      await sent;
      await screen.drain();
    },
  };
}
