// To make happen what a sound GPU does not do.

/** An adapter whose devices pass through `change`. */
export function withDevice(adapter: GPUAdapter, change: (device: GPUDevice) => void): GPUAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      if (name === "requestDevice") {
        return async (descriptor: GPUDeviceDescriptor) => {
          const device = await target.requestDevice(descriptor);
          change(device);
          return device;
        };
      }
      return Reflect.get(target, name, target);
    },
  });
}
