// A text on its way through normalizers and pre-tokenizers, together with the place in the source that each of its
// UTF-16 units stands for. npm:@huggingface/tokenizers turns strings into strings and forgets where they came from,
// so offsets cannot be had by wrapping it: this file and its users are our own. The rules are those of the Rust
// library's NormalizedString: what replaces a match stands for the match's last character.

/** For each UTF-16 unit of a text: where the source stretch it stands for starts and ends. */
interface Spans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * A text and, when offsets were asked for, the source span of each of its UTF-16 units. Without spans all operations
 * are plain string operations.
 */
export class AlignedText {
  private constructor(readonly text: string, private readonly spans?: Spans) {}

  /** The untouched source: every character stands for itself. `track` says whether spans are kept. */
  static of(source: string, track: boolean): AlignedText {
    if (!track) return new AlignedText(source);
    const starts = new Int32Array(source.length), ends = new Int32Array(source.length);
    for (let i = 0; i < source.length; i++) {
      const pair = isSurrogatePair(source, i);
      starts[i] = i;
      ends[i] = pair ? i + 2 : i + 1;
      if (!pair) continue;
      starts[i + 1] = i;
      ends[++i] = i + 1;
    }
    return new AlignedText(source, { starts, ends });
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
      spans && { starts: spans.starts.subarray(from, to), ends: spans.ends.subarray(from, to) },
    );
  }

  /** Another text of the same length whose units stand where ours do. */
  withText(text: string): AlignedText {
    return text === this.text ? this : new AlignedText(text, this.spans);
  }

  /** Replaces every match of a global pattern; the replacement stands for the last character of its match. */
  replace(pattern: RegExp, replacement: (match: string) => string): AlignedText {
    const text = this.text.replace(pattern, replacement);
    if (!this.spans) return text === this.text ? this : new AlignedText(text);
    const sources: number[] = [];
    let kept = 0;
    for (const match of this.text.matchAll(pattern)) {
      for (let i = kept; i < match.index; i++) sources.push(i);
      kept = match.index + match[0].length;
      const { length } = replacement(match[0]);
      for (let i = 0; i < length; i++) sources.push(kept - 1);
    }
    for (let i = kept; i < this.text.length; i++) sources.push(i);
    return this.rebuilt(text, sources);
  }

  /** Puts `prefix` in front; it stands for the first character, and so does that character still. */
  prepend(prefix: string): AlignedText {
    if (this.text === "") return this;
    const sources = Array.from({ length: prefix.length + this.text.length }, (_, i) => Math.max(0, i - prefix.length));
    return this.rebuilt(prefix + this.text, sources);
  }

  /** A new text; unit i of it stands for what unit `sources[i]` of this text stands for. */
  rebuilt(text: string, sources: ArrayLike<number>): AlignedText {
    const { spans } = this;
    if (!spans) return new AlignedText(text);
    const starts = new Int32Array(text.length), ends = new Int32Array(text.length);
    for (let i = 0; i < text.length; i++) {
      starts[i] = spans.starts[sources[i]];
      ends[i] = spans.ends[sources[i]];
    }
    return new AlignedText(text, { starts, ends });
  }
}

function isSurrogatePair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
