import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "04-ag-news",
  id: "q5",
  points: 5,
  rubric: [
    {
      points: 1,
      criterion:
        "Looks for the distance between field and model without labels: masked tokens named or perplexity on the letters against ordinary text, tokens a word, words cut to pieces.",
    },
    {
      points: 1,
      criterion: "Says what of that would speak for adapting, and asks whether 40,000 letters are enough text.",
    },
    {
      points: 1,
      criterion:
        "A fair comparison: both starts with the same labelled letters, steps and rates; only the start differs.",
    },
    {
      points: 1,
      criterion:
        "Several seeds, and a test set that nobody chose by; says under which result adaptation is left out (difference within what the seed does).",
    },
    {
      points: 1,
      criterion:
        "One risk with what to do about it: errors of the scanning, spelling of the time, letters of one writer in train and test, the model forgetting general English.",
    },
  ],
  solution:
    `Before anything is labelled I would hide tokens in 500 letters and in 500 newspaper texts of today and let the general model name them. If it names far fewer in the letters, and the tokenizer cuts their words into many more pieces, the field is far from what it knows, and 40,000 letters are a good many to read. If both are about equal I would not adapt.

Then I would split the 500 labelled letters by writer, so that no writer is in two parts: 300 to train, 100 to choose by, 100 for the end. Both starts are trained on the same 300 letters with the same steps and rates, five seeds each, and compared on the 100; the last 100 are looked at once, for the start that was chosen. If the mean gain is not larger than what the seeds scatter, I leave adaptation out: it costs a day and another model to look after.

What could go wrong: scanning leaves errors that are the same in all letters of a box, and the model would learn to expect them. I would read fifty letters beside their scans first, and keep one box out of the adaptation to see whether the gain holds there.`,
});
