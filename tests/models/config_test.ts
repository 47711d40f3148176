import assert from "node:assert/strict";
import {
  AutoModel,
  AutoModelForMaskedLM,
  AutoModelForSequenceClassification,
  type ModelConfig,
} from "../../lib/models/mod.ts";
import { deviceTest } from "../devices.ts";
import { goldenJson } from "../golden.ts";

const small: ModelConfig = {
  model_type: "bert",
  vocab_size: 20,
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 8,
  max_position_embeddings: 8,
};

deviceTest(
  "cpu",
  "fromConfig() names the field, its value and what it must be when a field makes no sense",
  async () => {
    const refused: [Record<string, unknown>, RegExp][] = [
      [{ hidden_size: -5 }, /hidden_size is -5; it must be a whole number from 1 to 2147483647/],
      [{ hidden_size: 7.5 }, /hidden_size is 7.5; it must be a whole number/],
      [{ hidden_size: null }, /hidden_size is null/],
      [{ vocab_size: "20" }, /vocab_size is "20"; it must be a whole number/],
      [{ vocab_size: 2 ** 40 }, /vocab_size is 1099511627776; it must be a whole number from 1 to 2147483647/],
      [{ num_hidden_layers: 1e9 }, /num_hidden_layers is 1000000000; it must be a whole number from 1 to 1000/],
      [{ num_attention_heads: 3 }, /hidden_size 8 is not a multiple of num_attention_heads 3/],
      [{ num_attention_heads: 0 }, /num_attention_heads is 0/],
      [{ hidden_dropout_prob: 1.5 }, /hidden_dropout_prob is 1.5; it must be a number from 0 to 1/],
      [{ classifier_dropout: -1 }, /classifier_dropout is -1/],
      [{ layer_norm_eps: "1e-12" }, /layer_norm_eps is "1e-12"; it must be a finite number of at least 0/],
      [{ initializer_range: -1 }, /initializer_range is -1/],
      [{ hidden_act: "gelo" }, /"gelo" is not supported; these are: "gelu"/],
      [{ hidden_act: 3 }, /hidden_act is 3; it must be the name of an activation/],
      [{ pad_token_id: 20 }, /pad_token_id is 20; it must be null or a whole number less than vocab_size 20/],
      [{ num_labels: 0 }, /num_labels is 0/],
      [{ id2label: {} }, /id2label is \{\}; it must be an object of names by number/],
      [{ position_embedding_type: "relative_key" }, /position_embedding_type is "relative_key"; it must be "absolute"/],
      [{ is_decoder: true }, /is_decoder is true; it must be false/],
      [{ model_type: "roberta", pad_token_id: null }, /pad_token_id is null; it must be a number, as positions/],
      [{ model_type: "roberta", max_position_embeddings: 2 }, /max_position_embeddings is 2; it must be more than/],
      [{ model_type: "albert", embedding_size: 0 }, /embedding_size is 0/],
      [
        { model_type: "albert", num_hidden_groups: 2 },
        /num_hidden_groups is 2; it must be at most num_hidden_layers 1/,
      ],
      [{ model_type: "electra", embedding_size: 1.5 }, /embedding_size is 1.5/],
      [{ model_type: "distilbert", dim: 8, n_heads: 3 }, /dim 8 is not a multiple of n_heads 3/],
      [{ model_type: "distilbert", n_layers: 0 }, /n_layers is 0; it must be a whole number from 1 to 1000/],
      [{ model_type: "gpt2" }, /"gpt2" is not supported; .* bert, distilbert, roberta, xlm-roberta, albert, electra\./],
      [{ model_type: "toString" }, /"toString" is not supported/],
    ];
    for (const [change, message] of refused) {
      await assert.rejects(AutoModelForSequenceClassification.fromConfig({ ...small, ...change }), message);
    }
  },
);

deviceTest("cpu", "AutoModelForMaskedLM refuses weights that are not tied when the config asks for them", async () => {
  const config = { ...small, tie_word_embeddings: false };
  await assert.rejects(AutoModelForMaskedLM.fromConfig(config), /tie_word_embeddings is false; it must be true/);
  (await AutoModel.fromConfig(config)).dispose();
});

deviceTest(
  "cpu",
  "fromConfig() counts labels by their names, then by num_labels, and takes 2 where neither is there",
  async () => {
    const labels = async (change: Record<string, unknown>) => {
      const model = await AutoModelForSequenceClassification.fromConfig({ ...small, ...change });
      return model.forward({ input_ids: [[2, 3]] }).logits.shape[1];
    };
    assert.equal(await labels({}), 2);
    assert.equal(await labels({ num_labels: 4 }), 4);
    assert.equal(await labels({ num_labels: 4, id2label: { 0: "a", 1: "b", 2: "c" } }), 3); // as in Transformers
  },
);

deviceTest("cpu", "forward() names what of the labels does not fit", async () => {
  const input_ids = [[2, 3, 4], [5, 6, 7]];
  const sequence = await AutoModelForSequenceClassification.fromConfig({ ...small, num_labels: 3 });
  const words = await AutoModelForMaskedLM.fromConfig(small);
  const cases: [() => unknown, RegExp][] = [
    [() => sequence.forward({ input_ids, labels: [0.5, 1] }), /labels holds 0.5; it must hold whole numbers/],
    [() => sequence.forward({ input_ids, labels: [0, 1, 2] }), /it must hold one label for each of the batch's 2 rows/],
    [
      () => words.forward({ input_ids, labels: [1, 2] }),
      /labels has shape \(2\), input_ids \(2, 3\); .* one label a token/,
    ],
    [() => words.forward({ input_ids, labels: [[1, 2, 20], [1, 2, 3]] }), /label 20 is outside the 20 classes/],
    [() => words.forward({ input_ids: [[1.5, 2]] }), /input_ids holds 1.5; it must hold whole numbers/],
  ];
  for (const [run, message] of cases) assert.throws(run, message);
  const odd = await AutoModelForSequenceClassification.fromConfig({ ...small, problem_type: "ranking" });
  assert.throws(
    () => odd.forward({ input_ids, labels: [0, 1] }),
    /problem_type is "ranking"; it must be one of regression/,
  );
  const numbers = await AutoModelForSequenceClassification.fromConfig({ ...small, problem_type: "regression" });
  assert.throws(() => numbers.forward({ input_ids, labels: [0, 1] }), /it must hold 2 for each of the batch's 2 rows/);
});

deviceTest(
  "cpu",
  "fromConfig() takes or refuses a config whose fields are absurd one by one, and never anything else",
  async () => {
    const absurd = [undefined, null, -1, 0, 1.5, 2 ** 31 - 1, 1e308, "12", true, [], {}, [3]];
    for (const family of ["distilbert", "roberta", "albert"]) {
      const config = goldenJson<ModelConfig>(`models/${family}/config.json`);
      for (const key of Object.keys(config).filter((name) => name !== "model_type")) {
        for (const value of absurd) {
          // a size that is left out is that of the published model: too large for a test
          if (value === undefined && /size|dim|layers/.test(key)) continue;
          const { [key]: _, ...rest } = config;
          const changed = { ...rest, model_type: family, ...(value !== undefined && { [key]: value }) };
          try {
            const model = await AutoModelForSequenceClassification.fromConfig(changed);
            assert.ok(await model.forward({ input_ids: [[2, 3]] }).logits.data());
            model.dispose();
          } catch (error) {
            const isTold = error instanceof RangeError && /config\.json|no memory|is not supported/.test(error.message);
            assert.ok(isTold, `${family}: ${key} ${JSON.stringify(value)}: ${error}`);
          }
        }
      }
    }
  },
);
