import assert from "node:assert/strict";
import { seeded } from "../../tasks/datasets/random.ts";
import { Grammar, Voice } from "../../tasks/datasets/text/grammar.ts";
import { Neighbours, wordsOf } from "../../tasks/datasets/text/neighbours.ts";
import { written } from "../../tasks/datasets/text/spelling.ts";

Deno.test("Neighbours finds just the texts whose Jaccard index is above its limit", () => {
  const random = seeded(1), limit = 0.8;
  const texts = Array.from({ length: 300 }, (_, i) => {
    const words = Array.from({ length: 3 + i % 150 }, (_, n) => `w${random() < 0.1 ? Math.floor(random() * 200) : n}`);
    return words.join(" ");
  });
  const jaccard = (a: string, b: string) => {
    const [x, y] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
    return x.intersection(y).size / x.union(y).size;
  };
  const neighbours = new Neighbours(limit);
  const answers = texts.map((text, i) => {
    const expected = texts.slice(0, i).some((other) => jaccard(text, other) > limit);
    assert.equal(neighbours.has(text), expected, text);
    neighbours.add(text);
    return expected;
  });
  assert.ok(answers.filter(Boolean).length > 20 && answers.filter((answer) => !answer).length > 20);
});

Deno.test("Voice says a text with its polarity, the opposite one, a fixed one, and again what it said", () => {
  const grammar = new Grammar("= text\n{a=} {a!} {a+} {name} {name@}\n= a+\ngood\n= a-\nbad\n= name\nAnn | Bob");
  const voice = new Voice(grammar, seeded(1), true);
  const said = [voice.say("text", "+"), voice.say("text", "-")];
  assert.match(said[0], /^Good bad good (Ann Ann|Bob Bob)\.$/);
  assert.match(said[1], /^Bad good good (Ann Ann|Bob Bob)\.$/);
});

Deno.test("Voice keeps from training the ways that are marked, and the share of a section that is", () => {
  const grammar = new Grammar(`= text\n{word} | ~ never {word}\n= word ~50\n${["a", "b", "c", "d"].join(" | ")}`);
  const all = (isTraining: boolean) => {
    const voice = new Voice(grammar, seeded(1), isTraining);
    return new Set(Array.from({ length: 100 }, () => voice.say("text")));
  };
  assert.deepEqual(all(true), new Set(["A.", "C."]));
  assert.equal(all(false).size, 8);
});

Deno.test("Grammar refuses a slot without a section and a section that stands there twice", () => {
  assert.throws(() => new Grammar("= a\n{b=}"), /"a" says \{b=\}/);
  assert.throws(() => new Grammar("= a\nx\n= a\ny"), /"a" stands there twice/);
});

Deno.test("written() spells sentences", () => {
  assert.equal(written("a  hour , a unit . a owl sees it"), "An hour, a unit. An owl sees it.");
  assert.equal(written("is it a end ? no !"), "Is it an end? No!");
  assert.equal(written('"is it?" asked Ann. "it is." they left'), '"Is it?" asked Ann. "It is." They left.');
});
