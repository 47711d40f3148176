// A text on its way through normalizers and pre-tokenizers, together with the place in the source that each of its
// UTF-16 units stands for. npm:@huggingface/tokenizers turns strings into strings and forgets where they came from,
// so offsets cannot be had by wrapping it: this file and its users are our own. The rules are those of the Rust
// library's NormalizedString.

/** For each UTF-16 unit of a text: where the source stretch it stands for starts and ends. */
interface Spans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** A step of a rewriting: these characters come in, after that many characters of the old text. See `rewrite`. */
export interface Change {
  readonly character: string;
  /** 1: inserted. 0: replaces the next old character. -n: does so and drops n more after it. */
  readonly change: number;
}

/**
 * A text and, when offsets were asked for, the source span of each of its UTF-16 units. Without spans all operations
 * are plain string operations.
 */
export class AlignedText {
  private constructor(
    readonly text: string,
    /** Whether the text starts where the source does. */
    readonly isFirst: boolean,
    private readonly spans?: Spans,
  ) {}

  /** The untouched source: every character stands for itself. `track` says whether spans are kept. */
  static of(source: string, track: boolean): AlignedText {
    if (!track) return new AlignedText(source, true);
    const starts = new Int32Array(source.length), ends = new Int32Array(source.length);
    for (let i = 0; i < source.length; i++) {
      const isPair = (source.codePointAt(i) ?? 0) > 0xffff;
      starts[i] = i;
      ends[i] = isPair ? i + 2 : i + 1;
      if (!isPair) continue;
      starts[i + 1] = i;
      ends[++i] = i + 1;
    }
    return new AlignedText(source, true, { starts, ends });
  }

  get isTracked(): boolean {
    return this.spans !== undefined;
  }

  /** The source span [start, end) in UTF-16 units that the units [from, to) of this text stand for. */
  span(from: number, to: number): [number, number] {
    if (!this.spans || to <= from) return [0, 0];
    return [this.spans.starts[from], this.spans.ends[to - 1]];
  }

  /** The part [from, to), in UTF-16 units of this text. */
  slice(from: number, to: number): AlignedText {
    if (from === 0 && to === this.text.length) return this;
    const { spans } = this;
    return new AlignedText(
      this.text.slice(from, to),
      this.isFirst && from === 0,
      spans && { starts: spans.starts.subarray(from, to), ends: spans.ends.subarray(from, to) },
    );
  }

  /** Another text of the same length whose units stand where ours do; of any length where there are no spans. */
  withText(text: string): AlignedText {
    return text === this.text ? this : new AlignedText(text, this.isFirst, this.spans);
  }

  /** Replaces every match of a global pattern; the replacement stands for the last character of its match. */
  replace(pattern: RegExp, replacement: (match: string) => string): AlignedText {
    const text = this.text.replace(pattern, (match) => replacement(match));
    if (!this.spans || text === this.text) return this.withText(text);
    const sources = new Int32Array(text.length);
    let kept = 0, size = 0;
    const keepUntil = (end: number) => {
      while (kept < end) sources[size++] = kept++;
    };
    for (const { index, 0: match } of this.text.matchAll(pattern)) {
      keepUntil(index);
      kept = index + match.length;
      const { length } = replacement(match);
      sources.fill(kept - 1, size, size += length);
    }
    keepUntil(this.text.length);
    return this.rebuilt(text, sources);
  }

  /** Puts `prefix` in front; it stands for the first character, and so does that character still. */
  prepend(prefix: string): AlignedText {
    if (this.text === "") return this;
    const { length } = prefix;
    return this.rebuilt(prefix + this.text, (i) => Math.max(0, i - length));
  }

  /**
   * Another text, given as characters with what each does to the old ones. What replaces a character stands where it
   * stood; what is inserted stands where the old character before it stood.
   */
  rewrite(changes: readonly Change[]): AlignedText {
    const text = changes.map(({ character }) => character).join("");
    if (!this.spans) return this.withText(text);
    // old[i] is where the i-th old character starts.
    const old: number[] = [];
    for (let i = 0; i < this.text.length; i += (this.text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1) old.push(i);
    const sources = new Int32Array(text.length);
    let taken = 0, size = 0;
    for (const { character, change } of changes) {
      const source = change > 0 ? old[taken - 1] ?? -1 : old[taken];
      if (change <= 0) taken += 1 - change;
      sources.fill(source, size, size += character.length);
    }
    return this.rebuilt(text, sources);
  }

  /** A new text; unit i of it stands for what unit `sources[i]` of this text stands for, or for nothing where that is -1. */
  private rebuilt(text: string, sources: Int32Array | ((i: number) => number)): AlignedText {
    const { spans } = this;
    if (!spans) return this.withText(text);
    const starts = new Int32Array(text.length), ends = new Int32Array(text.length);
    for (let i = 0; i < text.length; i++) {
      const source = typeof sources === "function" ? sources(i) : sources[i];
      if (source < 0) continue;
      starts[i] = spans.starts[source];
      ends[i] = spans.ends[source];
    }
    return new AlignedText(text, this.isFirst, { starts, ends });
  }
}
