import assert from "node:assert/strict";
import { prose } from "../../tasks/datasets/prose/build.ts";

Deno.test("prose() gives different paragraphs, the same ones for a seed, others for another", () => {
  const paragraphs = prose({ sentences: 20_000 });
  assert.equal(new Set(paragraphs).size, paragraphs.length);
  const sentences = paragraphs.join(" ").match(/[.?!]"?(?= |$)/g)?.length ?? 0;
  assert.ok(sentences >= 20_000 && sentences < 20_010, `${sentences} sentences`);
  assert.deepEqual(prose({ sentences: 300 }), paragraphs.slice(0, prose({ sentences: 300 }).length));
  assert.notDeepEqual(prose({ sentences: 300, seed: 1 }), prose({ sentences: 300 }));
});

Deno.test("prose() is spelled: capitals, full stops, no slot left over", () => {
  for (const paragraph of prose({ sentences: 5000 })) {
    assert.match(paragraph, /^"?[A-Z].*[.?!]"?$/);
    assert.doesNotMatch(paragraph, /[{}[\]|]| {2}| [,.]|\.\.|[.?!] [a-z](?!.*")/, paragraph);
  }
});
