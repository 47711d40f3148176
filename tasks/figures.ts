// `deno task figures` draws the figures from their scripts; with --check it draws them anew and compares them byte for byte.

import { join } from "node:path";
import { drawDomainAdaptation } from "../figures/domain_adaptation.ts";
import type { Page } from "../figures/draw/page.ts";
import { drawEncoderBlock } from "../figures/encoder_block.ts";
import { drawMasking } from "../figures/masking.ts";
import { drawMlmMasking } from "../figures/mlm_masking.ts";
import { drawMultiHeadAttention } from "../figures/multi_head_attention.ts";
import { drawPaddingWaste } from "../figures/padding_waste.ts";
import { drawTensorToKernel } from "../figures/tensor_to_kernel.ts";
import { ROOT } from "./project.ts";

/** By file name: figures/<name>.svg is what figures/<name>.ts draws. */
export const figures: Readonly<Record<string, () => Page | Promise<Page>>> = {
  encoder_block: drawEncoderBlock,
  multi_head_attention: drawMultiHeadAttention,
  masking: drawMasking,
  padding_waste: drawPaddingWaste,
  mlm_masking: drawMlmMasking,
  domain_adaptation: drawDomainAdaptation,
  tensor_to_kernel: drawTensorToKernel,
};

export const pathOf = (name: string) => join(ROOT, "figures", `${name}.svg`);

if (import.meta.main) {
  const isCheck = Deno.args.includes("--check");
  for (const [name, draw] of Object.entries(figures)) {
    const page = await draw();
    const svg = page.toSvg();
    const faults = page.faults();
    if (!isCheck) await Deno.writeTextFile(pathOf(name), svg);
    else if (svg !== await Deno.readTextFile(pathOf(name)).catch(() => undefined)) {
      faults.push("differs from what its script draws; run `deno task figures` and look at it");
    }
    const verdict = isCheck ? "as its script draws it" : "written";
    console.log(`figures/${name}.svg: ${faults.length === 0 ? verdict : faults.join("; ")}`);
    if (faults.length > 0) Deno.exitCode = 1;
  }
}
