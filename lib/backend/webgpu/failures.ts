// What went wrong on the GPU. WebGPU tells of errors later than the call that made them; they are kept here until the next call of
// the backend can throw them. A lost device stays lost; after any other error the device goes on.

/** Collects the errors of a device. */
export class Failures {
  #pending: Error | null = null;
  #lost: Error | null = null;

  constructor(private readonly device: GPUDevice) {
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault(); // it is thrown, not printed
      if (!(event instanceof GPUUncapturedErrorEvent)) return;
      this.#pending ??= new Error(`webgpu: ${firstLine(event.error.message)}.`);
    });
    device.lost.then(({ message }) => this.end(`the GPU was lost (${firstLine(message)})`));
  }

  /** From now on every call throws that the device is gone, and `why`. */
  end(why: string): void {
    this.#lost ??= new Error(
      `webgpu: ${why}; what was on it is gone, make it anew or use the CPU (ATTEND_DEVICE=cpu).`,
    );
  }

  /** Runs `work`; if the GPU finds an error of this kind in it, calls `failed` and throws later, with the text of `explain`. */
  watch<T>(
    kind: GPUErrorFilter,
    explain: (message: string) => string,
    work: () => T,
    failed: () => void = () => {},
  ): T {
    this.device.pushErrorScope(kind);
    try {
      return work();
    } finally {
      this.device.popErrorScope().then((error) => {
        if (!error) return;
        this.#pending ??= new Error(explain(firstLine(error.message)));
        failed();
      }, () => {}); // the device was lost meanwhile, which is told of on its own
    }
  }

  /** @throws Error where the GPU told of an error since the last call */
  check(): void {
    if (this.#lost) throw this.#lost;
    if (!this.#pending) return;
    const error = this.#pending;
    this.#pending = null;
    throw error;
  }
}

/** The first line that says something; compilers open with empty ones and draw the place below. */
function firstLine(message: string): string {
  const line = message.split("\n").find((line) => line.trim() !== "") ?? "no reason given";
  return line.trim().replace(/\.$/, "");
}
