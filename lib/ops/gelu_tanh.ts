import { run } from "../tensor/mod.ts";
import type { Op } from "./op.ts";

/** GELU in the form of GPT-2 and ALBERT, with tanh in place of erf: config.json calls it "gelu_new" or "gelu_pytorch_tanh". */
export const geluTanh: Op = {
  name: "geluTanh",
  forward([x]) {
    const [y] = run("gelu_tanh", [x], [x.shape], { size: x.size });
    return { y, saved: [x] };
  },
  backward: (dy, { saved: [x] }) => run("gelu_tanh_grad", [x, dy], [x.shape], { size: x.size }),
};
