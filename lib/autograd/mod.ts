import "./methods.ts";

export { apply } from "./apply.ts";
export { backward } from "./backward.ts";
export { noGrad } from "./grad_mode.ts";
