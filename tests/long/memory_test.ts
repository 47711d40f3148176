import { testSteadyTraining } from "../models/steady_training.ts";

testSteadyTraining(500);
