// Post-processors of tokenizer.json: which special tokens stand around one text or a pair, and the token types. Those of
// npm:@huggingface/tokenizers return bare strings (no masks, no offsets) and give a RoBERTa pair's second text type 1.
import type { Encoding, Offset, Tokens } from "../encoding.ts";
import { Fields, isCount, show } from "../fields.ts";

/** One place of a template: a text (0 the first, 1 the second) or a special token. */
export type TemplatePiece =
  | { readonly kind: "text"; readonly text: 0 | 1; readonly typeId: number; readonly overflowTypeId: number }
  | { readonly kind: "special"; readonly id: number; readonly token: string; readonly typeId: number };

export interface PostProcessor {
  readonly single: readonly TemplatePiece[];
  readonly pair: readonly TemplatePiece[];
  /** Blanks at the ends of a token are cut off its offset (byte-level models). */
  readonly trim?: { readonly hasPrefixSpace: boolean };
}

function text(index: 0 | 1, typeId: number, overflowTypeId = typeId): TemplatePiece {
  return { kind: "text", text: index, typeId, overflowTypeId };
}

const BARE: PostProcessor = { single: [text(0, 0)], pair: [text(0, 0), text(1, 1)] };

/** Builds what a section of tokenizer.json describes; null means no special tokens. @throws Error on an unknown type. */
export function createPostProcessor(config: Fields | null): PostProcessor {
  if (config === null) return BARE;
  switch (config.type) {
    case "Sequence":
      return config.objects("processors").map(createPostProcessor).reduce(combine, BARE);
    case "TemplateProcessing":
      return fromTemplate(config);
    case "BertProcessing": {
      const cls = namedId(config, "cls"), sep = namedId(config, "sep"), last = { ...sep, typeId: 1 };
      return { single: [cls, text(0, 0), sep], pair: [cls, text(0, 0), sep, text(1, 1), last] };
    }
    case "RobertaProcessing": {
      const cls = namedId(config, "cls"), sep = namedId(config, "sep");
      const single = [cls, text(0, 0), sep];
      return { single, pair: [...single, sep, text(1, 0), sep], trim: readTrim(config) };
    }
    case "ByteLevel":
      return { ...BARE, trim: readTrim(config) };
    default:
      throw new Error(`${config.where}: post-processor ${config.type} is not supported.`);
  }
}

/** How many special tokens stand around one text or a pair. */
export function countSpecial(pieces: readonly TemplatePiece[]): number {
  return pieces.filter((piece) => piece.kind === "special").length;
}

/** Puts the special tokens around the texts. */
export function assemble(
  pieces: readonly TemplatePiece[],
  texts: readonly Tokens[],
  addSpecialTokens: boolean,
): Encoding {
  const ids: number[] = [], tokens: string[] = [], typeIds: number[] = [], specialTokensMask: number[] = [];
  const wordIds: (number | null)[] = [], sequenceIds: (number | null)[] = [];
  const offsets: Offset[] | undefined = texts[0].offsets && [];
  for (const piece of pieces) {
    if (piece.kind === "special") {
      if (!addSpecialTokens) continue;
      ids.push(piece.id);
      tokens.push(piece.token);
      typeIds.push(piece.typeId);
      specialTokensMask.push(1);
      wordIds.push(null);
      sequenceIds.push(null);
      offsets?.push([0, 0]);
      continue;
    }
    const part = texts[piece.text], typeId = part.isOverflow ? piece.overflowTypeId : piece.typeId;
    for (let i = 0; i < part.ids.length; i++) {
      ids.push(part.ids[i]);
      tokens.push(part.tokens[i]);
      typeIds.push(typeId);
      specialTokensMask.push(0);
      wordIds.push(part.wordIds[i]);
      sequenceIds.push(piece.text);
      if (part.offsets) offsets?.push(part.offsets[i]);
    }
  }
  const attentionMask = new Array<number>(ids.length).fill(1);
  return { ids, tokens, typeIds, specialTokensMask, wordIds, sequenceIds, attentionMask, offsets };
}

function combine(one: PostProcessor, other: PostProcessor): PostProcessor {
  const { single, pair } = countSpecial(other.single) > 0 ? other : one;
  return { single, pair, trim: other.trim ?? one.trim };
}

function readTrim(config: Fields): PostProcessor["trim"] {
  return config.boolean("trim_offsets", true)
    ? { hasPrefixSpace: config.boolean("add_prefix_space", true) }
    : undefined;
}

function namedId(config: Fields, name: string): TemplatePiece & { kind: "special" } {
  const [token, id] = config.list(name);
  if (typeof token === "string" && isCount(id)) return { kind: "special", id, token, typeId: 0 };
  throw new Error(`${config.where}.${name} is ${show(config.raw[name])}; expected a token and its id.`);
}

function fromTemplate(config: Fields): PostProcessor {
  const specials = config.section("special_tokens");
  const read = (name: string) =>
    config.objects(name).flatMap((piece): TemplatePiece[] => {
      const sequence = piece.optional("Sequence");
      const index = sequence?.string("id") === "A" ? 0 : 1;
      // The Rust library gives windows that overflowed the type of their place, whatever the template says.
      if (sequence) return [text(index, sequence.count("type_id"), index)];
      const special = piece.section("SpecialToken"), typeId = special.count("type_id");
      const entry = specials.section(special.string("id"));
      const ids = entry.list("ids"), tokens = entry.list("tokens");
      return ids.map((id, i) => {
        const token = tokens[i];
        if (isCount(id) && typeof token === "string") return { kind: "special", id, token, typeId };
        throw new Error(`${entry.where} needs as many tokens as ids.`);
      });
    });
  const single = read("single");
  if (single.some((piece) => piece.kind === "text" && piece.text === 1)) {
    throw new Error(`${config.where}.single speaks of a second text.`);
  }
  return { single, pair: read("pair") };
}
