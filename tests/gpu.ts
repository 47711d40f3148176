// The GPU adapter of this machine, for every test that asks for one. None is asked for anywhere else under tests/: see below.

/*
 * `deno test` runs each file in a thread of its own, and leaves the process while such a thread may still be ending. A search for adapters
 * that includes OpenGL leaves a value of that thread in libEGL. libEGL (libglvnd 1.6) frees it when the process exits, its thread alive or
 * not; the thread, ending, frees it again: after a green summary the run dies of "double free or corruption", exit code 134. A library
 * that takes its time to close, as OpenBLAS does with its threads, makes that likely. Vulkan is what Linux has for WebGPU; it needs no EGL.
 */
if (Deno.build.os === "linux" && !Deno.env.get("DENO_WEBGPU_BACKEND")) Deno.env.set("DENO_WEBGPU_BACKEND", "vulkan");

/** Null where this machine has neither a GPU nor a program that stands in for one. */
export const adapter: GPUAdapter | null = await navigator.gpu?.requestAdapter() ?? null;
