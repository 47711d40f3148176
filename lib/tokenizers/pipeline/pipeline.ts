// From text to tokens: added tokens, normalizer, pre-tokenizer, model. The order and every rule are those of the Rust
// tokenizers. npm:@huggingface/tokenizers runs the same stages on bare strings; as offsets and word ids need positions
// through all of them, the stages are joined here and only their parts (patterns, WordPiece, decoders) come from it.
import { type AddedToken, readAddedToken, splitterAt } from "./added_tokens.ts";
import { AlignedText } from "./aligned_text.ts";
import type { Offset, Tokens } from "../encoding.ts";
import type { Fields } from "../fields.ts";
import type { Model } from "./model.ts";
import { createModel } from "./models.ts";
import { createNormalizer } from "./normalizers.ts";
import { createPreTokenizer } from "./pre_tokenizers.ts";

/** The part of a tokenizer that turns a text into tokens, without special tokens around it. */
export interface Pipeline {
  readonly model: Model;
  readonly addedTokens: readonly AddedToken[];
  /** The ids that decoding may skip. */
  readonly specialIds: readonly number[];
  encode(text: string, withOffsets: boolean): Tokens;
}

/** Builds the pipeline of a tokenizer.json. @throws Error naming the field that is wrong. */
export function createPipeline(json: Fields): Pipeline {
  const addedTokens = json.has("added_tokens") ? json.objects("added_tokens").map(readAddedToken) : [];
  const normalizerConfig = json.optional("normalizer"), preTokenizerConfig = json.optional("pre_tokenizer");
  const normalize = normalizerConfig ? createNormalizer(normalizerConfig) : (text: AlignedText) => text;
  const preTokenize = preTokenizerConfig ? createPreTokenizer(preTokenizerConfig) : (text: AlignedText) => [text];
  const model = createModel(json.section("model"));
  const splitSource = splitterAt(addedTokens.filter((token) => !token.isNormalized), (token) => token.content);
  const splitNormalized = splitterAt(
    addedTokens.filter((token) => token.isNormalized),
    (token) => normalize(AlignedText.of(token.content, false)).text,
  );

  function encode(source: string, withOffsets: boolean): Tokens {
    const ids: number[] = [], tokens: string[] = [], wordIds: number[] = [];
    const offsets: Offset[] | undefined = withOffsets ? [] : undefined;
    let word = 0;

    function addToken(token: AddedToken, text: AlignedText) {
      ids.push(token.id);
      tokens.push(text.text);
      wordIds.push(word++);
      offsets?.push(text.span(0, text.text.length));
    }
    function addWord(text: AlignedText) {
      if (text.text === "") return;
      const pieces = model.cut(text.text);
      let from = 0;
      for (let i = 0; i < pieces.ids.length; i++) {
        ids.push(pieces.ids[i]);
        tokens.push(pieces.tokens[i]);
        wordIds.push(word);
        offsets?.push(text.span(from, pieces.ends[i]));
        from = pieces.ends[i];
      }
      word++;
    }

    // An unpaired surrogate is no character; it becomes U+FFFD, as wherever text turns into bytes.
    for (const section of splitSource(AlignedText.of(source.toWellFormed(), withOffsets))) {
      if (section.token) {
        addToken(section.token, section.text);
        continue;
      }
      for (const part of splitNormalized(normalize(section.text))) {
        if (part.token) addToken(part.token, part.text);
        else preTokenize(part.text).forEach(addWord);
      }
    }
    return { ids, tokens, wordIds, offsets };
  }

  const specialIds = addedTokens.filter((token) => token.isSpecial).map((token) => token.id);
  return { model, addedTokens, specialIds, encode };
}
