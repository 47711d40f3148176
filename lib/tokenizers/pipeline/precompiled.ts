// Sentencepiece's normalization table, as tokenizer.json carries it: base64 of a double-array trie (Aoe 1989) over UTF-8 bytes
// and of the texts its leaves point to. The package only imitates the usual table; this reads the one that is there. The
// layout, and how a cluster is looked up, are those of the crate spm_precompiled.
import type { Fields } from "../fields.ts";
import type { AlignedText, Change } from "./aligned_text.ts";

const utf8 = new TextEncoder();
const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });

// Clusters longer than this many bytes are looked up character by character.
const LONGEST_CLUSTER = 5;

/** Builds the normalizer of a `Precompiled` section. @throws Error when the table is damaged. */
export function createPrecompiled(config: Fields): (text: AlignedText) => AlignedText {
  const lookUp = readTable(config);
  const memory = new Map<string, string | undefined>();
  const replacementOf = (part: string) => {
    if (memory.has(part)) return memory.get(part);
    const found = lookUp(utf8.encode(part));
    memory.set(part, found);
    return found;
  };
  const kept = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter((c) =>
    replacementOf(c) === undefined
  );
  const isKept = new RegExp(`^[${kept.map((character) => RegExp.escape(character)).join("")}]*$`);

  return (text) => {
    if (isKept.test(text.text)) return text;
    const changes: Change[] = [];
    let isChanged = false;
    const replace = (part: string): boolean => {
      const replacement = replacementOf(part);
      if (replacement === undefined) return false;
      isChanged = true;
      pushReplacement(changes, part, replacement);
      return true;
    };
    for (const { segment } of clusters.segment(text.text)) {
      if (segment.length <= LONGEST_CLUSTER && utf8.encode(segment).length <= LONGEST_CLUSTER && replace(segment)) {
        continue;
      }
      for (const character of segment) {
        if (!replace(character)) changes.push({ character, change: 0 });
      }
    }
    return isChanged ? text.rewrite(changes) : text;
  };
}

/** Old and new characters pair up from the first; what is over was inserted, or is dropped with the one before. */
function pushReplacement(changes: Change[], old: string, replacement: string): void {
  const characters = [...replacement], excess = characters.length - [...old].length;
  characters.forEach((character, i) => {
    changes.push({ character, change: excess > 0 && i >= characters.length - excess ? 1 : 0 });
  });
  const last = changes.pop();
  if (last) changes.push(excess < 0 ? { ...last, change: last.change + excess } : last);
}

/** The table as a function from a text's bytes to what replaces it, or undefined. */
function readTable(config: Fields): (bytes: Uint8Array) => string | undefined {
  const table = decodeBase64(config.string("precompiled_charsmap"), config.where);
  const view = new DataView(table.buffer), trieBytes = table.length >= 4 ? view.getUint32(0, true) : 0;
  if (table.length < 4 + trieBytes || trieBytes % 4 !== 0) {
    throw new Error(`${config.where}.precompiled_charsmap is damaged: its trie is said to have ${trieBytes} bytes.`);
  }
  const units = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
  const texts = table.subarray(4 + trieBytes);
  const textAt = (start: number) => {
    const end = texts.indexOf(0, start);
    return new TextDecoder().decode(texts.subarray(start, end < 0 ? texts.length : end));
  };

  // The first key that the bytes start with decides: Rust takes the shortest, and so for all of a cluster.
  return (bytes) => {
    let node = offsetOf(units[0] ?? 0);
    for (const byte of bytes) {
      node ^= byte;
      const unit = units[node];
      if (byte === 0 || unit === undefined || (unit & 0x800000ff) >>> 0 !== byte) return undefined;
      node ^= offsetOf(unit);
      const leaf = units[node];
      if ((unit >>> 8) & 1 && leaf !== undefined) return textAt(leaf & 0x7fffffff);
    }
    return undefined;
  };
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

function decodeBase64(text: string, where: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new Error(`${where}.precompiled_charsmap is not base64.`, { cause });
  }
}
