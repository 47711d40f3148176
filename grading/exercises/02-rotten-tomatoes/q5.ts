// Two customers, two checkpoints: marked by a person.

import { exercise } from "../../exercise.ts";

export default exercise({
  notebook: "02-rotten-tomatoes",
  id: "q5",
  points: 5,
  rubric: [
    {
      points: 1,
      criterion: "Recommends one checkpoint to each customer and names the F1 and the speed behind both choices.",
    },
    {
      points: 1,
      criterion:
        "Weighs the two by what each customer needs: time for one answer on the website, total time and quality for the archive.",
    },
    {
      points: 1,
      criterion: "Says how sure the differences are (seeds, number of validation texts) and what to run to be surer.",
    },
    { points: 1, criterion: "Asks whether these texts are like the customers' texts and what follows if not." },
    { points: 1, criterion: "Names a result that would change the recommendation." },
  ],
  solution:
    `Website: the small DistilBERT. In my table it trains on about twice as many texts a second as the BERT, as it has half the layers, and its macro-F1 is only a few hundredths lower; a visitor notices waiting, hardly a few more mistakes in a hundred. Archive: the model with the best macro-F1 in my table, even if it is the slowest. A million texts at its speed are some hours, the night is long enough, and a mistake stays in the archive for good. My numbers rest on one seed and 500 validation texts: with an F1 near 0.9 the interval from the texts alone is about 0.03 wide to each side, so I would train each of the two closest models with five seeds and compare the ranges. The speeds are from training with batches of 32; for the website I would time single texts. Our lines are short and follow patterns; real reviews are long, so for the archive I would have 300 of its own reviews labelled and measure on them. If bag of words came within 0.02 of the best model there, I would recommend it to both. If the larger model answered a single text in less than 50 ms, the website could have it as well.`,
});
