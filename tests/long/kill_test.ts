import { testKills } from "../trainer/kills.ts";

testKills(20);
