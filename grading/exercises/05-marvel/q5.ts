import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "05-marvel",
  id: "q5",
  points: 5,
  rubric: [
    {
      points: 1,
      criterion:
        "Checks the classes and their order, and that tokenizer and model belong together, by putting in clear cases of its own.",
    },
    {
      points: 1,
      criterion:
        "Asks what the model was trained on and how letters to a museum differ: length, tone, texts that are neither praise nor blame.",
    },
    {
      points: 1,
      criterion: "Does not rest on the card's 0.91: has letters of the museum labelled and measures there.",
    },
    { points: 1, criterion: "Holds F1 against a baseline on those letters, such as calling everything praise." },
    {
      points: 1,
      criterion:
        "Where it falls short: a next step that fits the number of labels (frozen body and new head for few, more thawed for many), and letters kept aside to tell whether it helped.",
    },
  ],
  solution:
    `First I would put ten clear cases in, five of praise and five of blame, to see that label 1 is what I take it for and that words are not cut to nonsense. The card must say what it was trained on; film reviews are short and always have a verdict, letters to a museum are long and often only ask something.

The 0.91 was measured elsewhere. I would have 300 letters labelled, keep 150 of them aside, and measure F1 on the other 150 beside the F1 of calling all of them praise; among friendly letters that alone may be 0.8.

If the model is not clearly above that, I would freeze the body and train a new head on the 150, as they are few; with 2,000 labels I would thaw the upper layers too. Whether it has helped I would read from the 150 letters that were kept aside, once, old model against new on the same letters.`,
});
