import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "01-cola",
  id: "q5",
  points: 5,
  rubric: [
    { points: 1, criterion: "A prediction with a reason, written before the run." },
    { points: 1, criterion: "Exactly one thing is changed; data, seeds and everything else stay the same." },
    {
      points: 1,
      criterion:
        "Both variants are run with the same three seeds or more; the Matthews correlation on validation is given run by run or with an interval.",
    },
    {
      points: 1,
      criterion:
        "The conclusion is one that these numbers carry: where the intervals overlap, it says that no difference was found.",
    },
    {
      points: 1,
      criterion:
        "Names a limit: the set's own patterns, validation used for choosing, few seeds, or another that is true here.",
    },
  ],
  solution:
    `I changed the batch size from 16 to 64 and nothing else. I expected a lower correlation: a quarter of the steps at the same learning rate moves the weights less far.

Seeds 1, 2 and 3, Matthews correlation on validation after the last epoch: batch 16: 0.61, 0.64, 0.60 (mean 0.62); batch 64: 0.48, 0.55, 0.44 (mean 0.49). Each run with batch 64 lies below each run with batch 16, so the difference is larger than what the seed does, and it has the direction that I expected.

It need not be the batch size as such: with a learning rate four times as high the larger batch might do as well, which I have not tried. The epochs were not chosen anew either, and all of it holds for this set, whose sentences follow patterns.`,
});
