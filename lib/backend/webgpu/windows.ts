// Buffers larger than one binding. A device binds so many bytes at once (128 MiB on software adapters) and holds larger buffers; a kernel
// then runs several times, each time over a window of its work whose parts of the buffers can be bound. How a kernel's work can be cut
// is said in cuts.ts.

import type { BufferId } from "../backend.ts";
import { type KernelName, kernels, type KernelSignature, type Uniforms } from "../kernels.ts";
import { type Cut, cuts, type Place, places } from "./cuts.ts";
import { inMegabytes } from "./pool.ts";

/** Bindings start at multiples of so many numbers of 4 bytes: 256 bytes, which WebGPU promises every device. */
const ALIGNMENT = 64;

/** The part of a buffer that a kernel is shown, in numbers of 4 bytes. */
export interface Span {
  readonly buffer: BufferId;
  /** The kernel's own name for it. */
  readonly argument: string;
  readonly start: number;
  readonly length: number;
}

/** One run of a kernel over its spans, inputs before outputs. */
export interface Window<U> {
  readonly spans: readonly Span[];
  readonly uniforms: U;
  /** What the shader is told beside its uniforms, in order. */
  readonly place: Place;
}

/** What a kernel calls its buffers, inputs before outputs. */
function argumentsOf(kernel: KernelName): string[] {
  const { inputs, outputs }: KernelSignature = kernels[kernel];
  return [...inputs, ...outputs].map((name) => name.replace("*", ""));
}

/**
 * The windows that a call of a kernel takes, one after the other: one where each buffer can be bound whole.
 * @param buffers inputs before outputs
 * @param numbersOf how many numbers a buffer holds
 * @param largest numbers that one binding can span, a multiple of 64
 * @throws RangeError where the work cannot be cut, naming the argument; `labelOf` names its buffer
 */
export function windowsOf<K extends KernelName>(
  kernel: K,
  buffers: readonly BufferId[],
  uniforms: Uniforms<K>,
  { numbersOf, labelOf, largest }: BindingLimits,
): Window<Uniforms<K>>[] {
  const names = argumentsOf(kernel);
  const spans = buffers.map((buffer, i) => ({ buffer, argument: names[i], start: 0, length: numbersOf(buffer) }));
  const kernelCuts: readonly Cut<Uniforms<K>>[] = cuts[kernel];
  const refuse = ({ argument, buffer, length }: Span): never => {
    throw new RangeError(
      `${kernel}: ${argument} ("${labelOf(buffer)}") takes ${inMegabytes(4 * length)}, but this GPU binds at most ${
        inMegabytes(4 * largest)
      } at once and this work cannot be divided further; use a smaller batch or model, or the CPU (ATTEND_DEVICE=cpu).`,
    );
  };
  return divide({ spans, uniforms, place: places[kernel]?.(uniforms) ?? {} }, kernelCuts, largest, refuse);
}

/** What can be bound on a device, and what its buffers are. */
export interface BindingLimits {
  readonly numbersOf: (buffer: BufferId) => number;
  readonly labelOf: (buffer: BufferId) => string;
  readonly largest: number;
}

function divide<U>(
  whole: Window<U>,
  cuts: readonly Cut<U>[],
  largest: number,
  refuse: (span: Span) => never,
): Window<U>[] {
  const { spans, uniforms, place } = whole;
  const tooLong = spans.find(({ length }) => length > largest);
  if (!tooLong) return [whole];
  const cut = cuts.find((cut) => cut.stride(tooLong.argument, uniforms, place) > 0) ?? refuse(tooLong);
  const strides = spans.map(({ argument }) => cut.stride(argument, uniforms, place));
  // windows begin where a binding of each argument may begin
  const step = Math.max(cut.step ?? 1, ...strides.map((stride) => ALIGNMENT / greatestDivisor(stride)));
  const most = Math.floor(largest / Math.max(...strides) / step) * step;
  if (most === 0) refuse(tooLong);
  const end = cut.end(uniforms, (name) => spans.find(({ argument }) => argument === name)?.length ?? 0);
  const windows: Window<U>[] = [];
  for (let first = 0; first < end; first += most) {
    const count = Math.min(most, end - first);
    const change = cut.window({ first, count, uniforms, place });
    const part = {
      spans: spans.map((span, i) => strides[i] === 0 ? span : partOf(span, first * strides[i], count * strides[i])),
      uniforms: { ...uniforms, ...change.uniforms },
      place: { ...place, ...change.place },
    };
    windows.push(...divide(part, cuts, largest, refuse));
  }
  return windows;
}

function partOf(span: Span, start: number, length: number): Span {
  return { ...span, start: span.start + start, length: Math.min(length, span.length - start) };
}

/** The greatest divisor that a number has in common with the alignment, a power of two. */
function greatestDivisor(stride: number): number {
  let divisor = 1;
  while (divisor < ALIGNMENT && stride % (divisor * 2) === 0) divisor *= 2;
  return divisor;
}
