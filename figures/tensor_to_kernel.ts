// The way of one call through this library, layer by layer. The files are those of lib and kernels; a test looks that they exist.

import { area, bottomOf, leftOf, middleOf, topOf } from "./draw/geometry.ts";
import { Page } from "./draw/page.ts";
import type { Tone } from "./draw/palette.ts";

interface Layer {
  readonly file: string;
  readonly says: string;
  readonly tone: Tone;
}

const LAYERS: readonly Layer[] = [
  {
    file: "lib/autograd/methods.ts",
    says: "Fills in defaults: apply(softmax, [x], { axis: −1 }).",
    tone: "purple",
  },
  {
    file: "lib/autograd/apply.ts",
    says: "Runs the op forward. Where a gradient will be asked for, it notes the op and what it saved: the graph.",
    tone: "purple",
  },
  {
    file: "lib/ops/softmax.ts",
    says: "Forward and backward, side by side, in terms of kernels. Knows no device.",
    tone: "blue",
  },
  {
    file: "lib/tensor/run.ts",
    says: "Checks types, makes room for y, and hands over buffers instead of tensors.",
    tone: "blue",
  },
  {
    file: "lib/backend/backend.ts",
    says: 'run("softmax", [x], [y], { rows, columns }): the same call for every device.',
    tone: "green",
  },
];
export const KERNELS = [
  { file: "kernels/cpu/softmax.ts", device: "CPU", says: "in WebAssembly, its rows shared out among all cores" },
  {
    file: "kernels/webgpu/softmax.wgsl",
    device: "GPU",
    says: "up to 64 invocations share a row, in a queue of its own",
  },
];
export const FILES = [...LAYERS, ...KERNELS].map(({ file }) => file);

const NOTE_X = 392;
const [BOX_WIDTH, HEIGHT, STEP] = [270, 40, 24];

export function drawTensorToKernel(): Page {
  const page = new Page(
    "From a tensor to a kernel",
    "What happens in one line of a notebook. Each layer knows only the one below it, so an op is written once and runs on every device.",
    "A call of softmax in a notebook goes down through methods, apply, the op, run and the backend to a kernel on CPU or GPU. The result comes " +
      "back as a tensor at once; only reading its numbers waits.",
  );
  const x = page.left + 35; // its middle is that of the left kernel
  const cell = page.box(area(x, page.top, BOX_WIDTH, HEIGHT), {
    label: "const y = x.softmax();",
    tone: "amber",
    isMono: true,
  });
  explain(page, "A cell of yours. y is a tensor at once; on a GPU its numbers come later.", middleOf(cell).y);

  let above = cell;
  for (const { file, says, tone } of LAYERS) {
    const box = page.box(area(x, above.y + HEIGHT + STEP, BOX_WIDTH, HEIGHT), { label: file, tone, isMono: true });
    page.arrow([bottomOf(above), topOf(box)]);
    explain(page, says, middleOf(box).y);
    above = box;
  }
  drawKernels(page, bottomOf(above).y, bottomOf(above).x);
  page.arrow([
    leftOf(above),
    { x: page.left + 8, y: middleOf(above).y },
    { x: page.left + 8, y: middleOf(cell).y },
    leftOf(cell),
  ], { isDashed: true });
  return page;
}

function explain(page: Page, text: string, y: number): void {
  page.text(text, { x: NOTE_X, y }, { size: "note", isMuted: true, width: page.right - NOTE_X });
}

function drawKernels(page: Page, y: number, x: number): void {
  const top = y + 56;
  const width = (page.right - page.left - 24) / 2;
  let end = top;
  for (const [i, { file, device, says }] of KERNELS.entries()) {
    const box = page.box(area(page.left + i * (width + 24), top, width, HEIGHT), {
      label: file,
      tone: "orange",
      isMono: true,
    });
    page.arrow(
      i === 0 ? [{ x, y }, topOf(box)] : [{ x, y }, { x, y: y + 28 }, { x: topOf(box).x, y: y + 28 }, topOf(box)],
    );
    const { y: noteY, height } = page.text(`${device}: ${says}`, { x: topOf(box).x, y: top + HEIGHT + 14 }, {
      size: "note",
      isMuted: true,
      anchor: "middle",
      from: "top",
    });
    end = noteY + height;
  }
  const rest = [
    {
      name: "Reading",
      says: "await y.data() is the one place that waits: until the queue is done and the numbers are copied back.",
    },
    {
      name: "Backward",
      says:
        'loss.backward() goes through the noted ops in reverse order. Each computes its gradient with kernels of its own, here "softmax_grad", on the same way down.',
    },
  ];
  for (const [i, { name, says }] of rest.entries()) {
    const left = page.left + i * (width + 24);
    page.text(name, { x: left, y: end + 30 }, { isBold: true, from: "top" });
    page.text(says, { x: left, y: end + 52 }, { size: "note", isMuted: true, from: "top", width });
  }
}
