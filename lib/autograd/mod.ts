import "./methods.ts";

export { apply } from "./apply.ts";
export { backward } from "./backward.ts";
export { concat, stack } from "./functions.ts";
export { noGrad } from "./grad_mode.ts";
