export { type CpuOptions, createCpuBackend } from "./backend.ts";
