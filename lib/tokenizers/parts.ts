// A tokenizer's files, read and put together: what a PreTrainedTokenizer works with.
import { Fields, isObject } from "./fields.ts";
import { agreeWithConfig } from "./load_options.ts";
import { createDecoder, type Decode } from "./pipeline/decoding.ts";
import { createPipeline, type Pipeline } from "./pipeline/pipeline.ts";
import { createPostProcessor, type PostProcessor } from "./pipeline/post_processor.ts";
import { listSpecialTokens, readSpecialTokens } from "./special_tokens.ts";
import type { TokenizerFiles } from "./tokenizer_files.ts";
import { Vocabulary } from "./vocabulary.ts";

export interface Parts {
  /** The files as they would be saved. */
  readonly files: TokenizerFiles;
  readonly pipeline: Pipeline;
  readonly postProcessor: PostProcessor;
  readonly decode: Decode;
  /** Whether decoding takes blanks before punctuation away unless told otherwise. */
  readonly cleansUp: boolean;
  readonly vocabulary: Vocabulary;
}

/** Reads a tokenizer's files. @throws Error naming the field that is wrong. */
export function readParts(files: TokenizerFiles): Parts {
  const found = Fields.parse(files.tokenizerJson, "tokenizer.json");
  const config = new Fields(files.config, "tokenizer_config.json"), json = agreeWithConfig(found, config);
  const pipeline = createPipeline(json);
  const parts = {
    files: json === found ? files : { ...files, tokenizerJson: JSON.stringify(json.raw, null, 2) },
    pipeline,
    postProcessor: createPostProcessor(json.optional("post_processor")),
    decode: createDecoder(json.optional("decoder")),
    cleansUp: config.boolean("clean_up_tokenization_spaces", false),
    vocabulary: new Vocabulary(pipeline.model.vocab, pipeline.addedTokens),
  };
  // As in Transformers, a special token that the files name but do not have is added.
  const missing = listSpecialTokens(readSpecialTokens(config))
    .filter((token) => token !== "" && parts.vocabulary.findId(token) === undefined);
  return missing.length === 0 ? parts : withAddedTokens(parts, missing, true);
}

/** The parts with more tokens, which the model does not know: they get the next ids. */
export function withAddedTokens({ files, vocabulary }: Parts, tokens: readonly string[], special: boolean): Parts {
  const json = Fields.parse(files.tokenizerJson, "tokenizer.json").raw, old = json["added_tokens"];
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: !special, special };
  const added = tokens.map((content, i) => ({ id: vocabulary.nextId + i, content, ...flags }));
  const decoder = files.config["added_tokens_decoder"];
  return readParts({
    tokenizerJson: JSON.stringify({ ...json, added_tokens: [...Array.isArray(old) ? old : [], ...added] }, null, 2),
    config: {
      ...files.config,
      added_tokens_decoder: {
        ...isObject(decoder) ? decoder : {},
        ...Object.fromEntries(added.map(({ id, ...token }) => [id, token])),
      },
    },
  });
}
