// From ids back to text. The decoders are npm:@huggingface/tokenizers'.
import { type Decoder, SequenceDecoder } from "@huggingface/tokenizers";
import type { Fields } from "../fields.ts";

export type Decode = (tokens: readonly string[]) => string;

type DecoderConfig = ConstructorParameters<typeof SequenceDecoder>[0]["decoders"][number];

/** Builds the decoder that a section of tokenizer.json describes; without one tokens are joined by blanks. */
export function createDecoder(config: Fields | null): Decode {
  if (config === null) return (tokens) => tokens.join(" ");
  // The package checks the type itself; its union of configurations cannot be told from parsed JSON.
  const decoder: Decoder = new SequenceDecoder({
    type: "Sequence",
    decoders: [config.raw as unknown as DecoderConfig],
  });
  return (tokens) => decoder.decode([...tokens]);
}

/** Transformers' `clean_up_tokenization`: no blank before punctuation and English contractions. */
export function cleanUp(text: string): string {
  return text.replace(/ ([.?!,])/g, "$1").replace(/ ' /g, "'").replace(/ (n't|'m|'s|'ve|'re)/g, "$1");
}
