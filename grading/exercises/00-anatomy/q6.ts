import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "00-anatomy",
  id: "q6",
  points: 5,
  solution:
    `300 letters are few, so I would begin with a frozen body: compute each letter's vector once and train a small head on \
it. Beside it I would fine-tune the head with the upper one or two layers, thawed one after the other, at a small learning rate. \
Training everything comes last: with 300 examples and millions of parameters I expect it to learn the letters by heart, but I \
would measure that and not assume it.

Baselines: always "not urgent", and a bag of words, which costs nothing. Accuracy is useless here, as "never urgent" is right \
nine times in ten. I would report recall and precision of "urgent" (a missed urgent letter is the worse mistake, so recall \
first), their F1 or the Matthews correlation, and the confusion matrix.

The split is stratified, so that each part has its tenth of urgent letters, and all letters of one patient go into the same part. \
60 held-out letters hold only 6 urgent ones, so a single split says nothing: five-fold cross-validation over several seeds, with \
the spread beside the mean, and a small test set that is looked at once.

Newspapers write of hospitals and not to them. Names of drugs and complaints are cut into many pieces, and words such as \
"positive" or "acute" mean other things in the news. I would look at how many tokens a word takes, read the wrong answers one by \
one, and compare with a body that was trained on with unlabelled letters first.

A map shows where a layer fetches from. What it fetches was mixed in the layers below and is changed by those above, and other \
weights can give the same answer. To test whether "chest pain" matters, I would take it out of the letter and see whether the \
answer changes.`,
  rubric: [
    {
      points: 1,
      criterion:
        "Says which parts are trained and which frozen, with a reason that fits 300 letters (few examples, overfitting)",
    },
    {
      points: 1,
      criterion: "Names at least one comparison: majority answer, bag of words, another amount of unfreezing",
    },
    {
      points: 1,
      criterion:
        "Holds letters out properly (stratified, or cross-validation) and chooses a score that one in ten does not fool",
    },
    { points: 1, criterion: "Names something that newspapers get wrong for these letters, and a way to notice it" },
    {
      points: 1,
      criterion:
        "Explains why an attention map is no proof (mixed vectors, later layers, other weights with the same answer), or gives a test that would be one",
    },
  ],
});
