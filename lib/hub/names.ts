// Old one-word names of the hub, as books and course texts have them, and where they live now. (The hub redirects them too; with the
// table, the cache and the messages carry the present name.)

import { HubError } from "./errors.ts";
import type { Repo, RepoType } from "./repo.ts";

const PRESENT: Readonly<Record<RepoType, Readonly<Record<string, string>>>> = {
  dataset: {
    ag_news: "fancyzhx/ag_news",
    amazon_reviews_multi: "mteb/amazon_reviews_multi", // the same reviews; the first home has withdrawn them
    glue: "nyu-mll/glue",
    imdb: "stanfordnlp/imdb",
    rotten_tomatoes: "cornell-movie-review-data/rotten_tomatoes",
  },
  model: {
    "albert-base-v1": "albert/albert-base-v1",
    "albert-base-v2": "albert/albert-base-v2",
    "bert-base-cased": "google-bert/bert-base-cased",
    "bert-base-multilingual-cased": "google-bert/bert-base-multilingual-cased",
    "bert-base-multilingual-uncased": "google-bert/bert-base-multilingual-uncased",
    "bert-base-uncased": "google-bert/bert-base-uncased",
    "bert-large-cased": "google-bert/bert-large-cased",
    "bert-large-uncased": "google-bert/bert-large-uncased",
    "distilbert-base-cased": "distilbert/distilbert-base-cased",
    "distilbert-base-multilingual-cased": "distilbert/distilbert-base-multilingual-cased",
    "distilbert-base-uncased": "distilbert/distilbert-base-uncased",
    "distilbert-base-uncased-finetuned-sst-2-english": "distilbert/distilbert-base-uncased-finetuned-sst-2-english",
    "distilroberta-base": "distilbert/distilroberta-base",
    "roberta-base": "FacebookAI/roberta-base",
    "roberta-large": "FacebookAI/roberta-large",
    "xlm-roberta-base": "FacebookAI/xlm-roberta-base",
    "xlm-roberta-large": "FacebookAI/xlm-roberta-large",
  },
};

/** The repository that a name means today. @throws HubError where it cannot be the name of one */
export function presentRepo(type: RepoType, name: string): Repo {
  const present = Object.hasOwn(PRESENT[type], name) ? PRESENT[type][name] : name;
  if (!/^[\w][\w.-]*(\/[\w][\w.-]*)?$/.test(present) || /\.\.|--/.test(present)) {
    throw new HubError("no-repository", `"${name}" is no ${type} of the hub: a name reads organisation/name.`);
  }
  return { type, name: present };
}
