export { createWebgpuBackend, isSoftwareAdapter, type WebgpuBackend } from "./backend.ts";
