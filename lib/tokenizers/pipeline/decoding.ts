// From tokens back to text. The decoders are npm:@huggingface/tokenizers', but for two: its byte-level one turns characters that
// stand for no byte (of added tokens) into NULs, and its Metaspace keeps blanks that the Rust library drops at the start.
import { type Decoder, SequenceDecoder } from "@huggingface/tokenizers";
import type { Fields } from "../fields.ts";
import { bytesOf } from "./byte_level.ts";

export type Decode = (tokens: readonly string[]) => string;

type DecoderConfig = ConstructorParameters<typeof SequenceDecoder>[0]["decoders"][number];

/** Builds the decoder that a section of tokenizer.json describes; without one tokens are joined by blanks. */
export function createDecoder(config: Fields | null): Decode {
  if (config === null) return (tokens) => tokens.join(" ");
  if (config.type === "ByteLevel") return decodeBytes;
  if (config.type === "Metaspace") return metaspace(config);
  // The package checks the type itself; its union of configurations cannot be told from parsed JSON.
  const decoder: Decoder = new SequenceDecoder({
    type: "Sequence",
    decoders: [config.raw as unknown as DecoderConfig],
  });
  return (tokens) => decoder.decode([...tokens]);
}

const decodeBytes: Decode = (tokens) => {
  const bytes = Uint8Array.from(tokens.flatMap(bytesOf));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
};

/** Every ▁ is a blank, but in the first token nothing: it was put there. */
function metaspace(config: Fields): Decode {
  const mark = config.string("replacement", "▁"), isPrefixed = config.string("prepend_scheme", "always") !== "never";
  return (tokens) => tokens.map((token, i) => token.replaceAll(mark, i === 0 && isPrefixed ? "" : " ")).join("");
}

/** Transformers' `clean_up_tokenization`: no blank before punctuation and English contractions. */
export function cleanUp(text: string): string {
  return text.replace(/ ([.?!,])/g, "$1").replace(/ ' /g, "'").replace(/ (n't|'m|'s|'ve|'re)/g, "$1");
}
