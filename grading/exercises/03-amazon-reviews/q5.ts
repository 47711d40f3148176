// Kinds of mistakes and a test of a remedy: marked by a person.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "03-amazon-reviews",
  id: "q5",
  points: 5,
  rubric: [
    {
      points: 1,
      criterion:
        "Sorts at least ten reviews into two to four kinds that another reader would sort in the same way, with an example of each.",
    },
    { points: 1, criterion: "Gives a count for each kind." },
    {
      points: 1,
      criterion: "Chooses one kind and proposes one change of data, input or training that follows from it.",
    },
    { points: 1, criterion: "Describes a test with a number and a baseline to hold it against." },
    {
      points: 1,
      criterion:
        "Tests on reviews that were not used to choose, and says how large a difference would have to be to count.",
    },
  ],
  solution:
    `Of twelve reviews that were off by two stars or more: denials, six ("not once in a year did I notice that the zip is stiff"), where the model believes the bad word; verdicts beside a long story, four, where half of the review tells how the thing was bought; and hearsay, two ("my neighbour swears it squeaks"), which does not count for the stars. I choose the denials. Change: more training reviews of this kind. I would take 300 training reviews with one opinion each, write for each a denied twin with the stars turned round, and add these pairs. Test: before training I set aside 100 new reviews with a denial and 100 without, written by someone else, from none of the texts I looked at. Baselines: the model as it is, and bag of words, on the same 200. Measure: accuracy and mean distance on both halves, for three seeds each. With 100 reviews a difference below 0.1 in accuracy can be chance, so I count it as a success only if the denials gain more than that in every seed, by McNemar's test as well, and the other half loses less than 0.02 on average. Only then I look at the test set, once.`,
});
