// Fine-tuning at once, or after more pretraining on texts of the domain (Gururangan et al. 2020, "Don't Stop Pretraining").

import { area, bottomOf, leftOf, middleOf, rightOf, topOf } from "./draw/geometry.ts";
import { Page } from "./draw/page.ts";

const [WIDTH, GAP, HEIGHT] = [120, 26, 56];

export function drawDomainAdaptation(): Page {
  const page = new Page(
    "Two routes to a classifier of news",
    "Both begin with the same checkpoint and end with the same labelled texts. Route 2 first reads texts of the domain, for which nobody has to write labels.",
    "Route 1: pretrained checkpoint, fine-tuning on labelled texts, classifier. Route 2: the same checkpoint, masked language modelling on " +
      "unlabelled texts of the domain, adapted checkpoint, fine-tuning on the same labelled texts, classifier. Both are compared on one test set.",
  );
  const column = (i: number, y: number, height = HEIGHT) => area(page.left + i * (WIDTH + GAP), y, WIDTH, height);
  const firstY = page.top;
  const secondY = firstY + 204;
  const route = (name: string, y: number) => page.text(name, { x: column(1, 0).x, y }, { isBold: true, from: "top" });
  route("Route 1: directly", firstY + 2);
  route("Route 2: through the domain", secondY - 26);

  const start = page.box(column(0, (firstY + secondY) / 2), {
    label: "checkpoint",
    note: "general English",
    tone: "grey",
  });
  const unlabelled = page.box(column(1, secondY + HEIGHT + 34), {
    label: "texts",
    note: "of the domain",
    tone: "amber",
  });
  const labelled = page.box(column(3, (firstY + secondY) / 2), {
    label: "texts + labels",
    note: "a small set",
    tone: "amber",
  });
  const mlm = page.box(column(1, secondY), { label: "masked LM", note: "find hidden words", tone: "blue" });
  const adapted = page.box(column(2, secondY), { label: "checkpoint", note: "knows the domain", tone: "grey" });
  const tunings = [firstY, secondY].map((y) =>
    page.box(column(3, y), { label: "fine-tuning", note: "learn the labels", tone: "blue" })
  );
  const results = [firstY, secondY].map((y, i) =>
    page.box(column(4, y), { label: `classifier ${i + 1}`, note: "body + new head", tone: "green" })
  );
  const judge = page.box(column(4, (firstY + secondY) / 2), {
    label: "which is better?",
    note: "one test set",
    tone: "purple",
  });

  page.arrow([topOf(start), { x: topOf(start).x, y: middleOf(tunings[0]).y }, leftOf(tunings[0])]);
  page.arrow([bottomOf(start), { x: bottomOf(start).x, y: middleOf(mlm).y }, leftOf(mlm)]);
  page.arrow([topOf(unlabelled), bottomOf(mlm)]);
  page.arrow([rightOf(mlm), leftOf(adapted)]);
  page.arrow([rightOf(adapted), leftOf(tunings[1])]);
  page.arrow([topOf(labelled), bottomOf(tunings[0])]);
  page.arrow([bottomOf(labelled), topOf(tunings[1])]);
  for (const [i, tuning] of tunings.entries()) page.arrow([rightOf(tuning), leftOf(results[i])]);
  page.arrow([bottomOf(results[0]), topOf(judge)]);
  page.arrow([topOf(results[1]), bottomOf(judge)]);

  const noteX = column(2, 0).x;
  const note =
    "From each checkpoint the body carries over: embeddings and layers. The head that found hidden words is left behind, and a new one for the " +
    "classes starts from random numbers. Repeat both routes with several seeds: one run each can differ by luck.";
  page.text(note, { x: noteX, y: unlabelled.y }, {
    size: "note",
    isMuted: true,
    from: "top",
    width: page.right - noteX,
  });
  return page;
}
