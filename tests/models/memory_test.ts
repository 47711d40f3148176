import { testSteadyTraining } from "./steady_training.ts";

testSteadyTraining(60);
