// The one thing plotly.js asks of a canvas when it draws a heatmap: filled rectangles, handed back as a PNG.
// PNG: https://www.w3.org/TR/png-3/ (8-bit RGBA, no filter).

import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

/** Pixels a CSS pixel, so that edges stay sharp on dense displays. */
const SCALE = 2;
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/** A canvas of `width` x `height` CSS pixels that can fill rectangles with `rgb(…)` and `rgba(…)` colours. */
export class RectangleCanvas {
  fillStyle = "rgb(0, 0, 0)";
  readonly #width: number;
  readonly #height: number;
  /** One RGBA pixel a number, in the machine's byte order. */
  readonly #pixels: Uint32Array;

  constructor(width: number, height: number) {
    this.#width = Math.max(1, Math.round(width * SCALE));
    this.#height = Math.max(1, Math.round(height * SCALE));
    this.#pixels = new Uint32Array(this.#width * this.#height);
  }

  /** Fills a rectangle with `fillStyle`, in CSS pixels; parts outside the canvas are cut off. */
  fillRect(x: number, y: number, width: number, height: number): void {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (this.fillStyle.match(/[\d.]+/g) ?? []).map(Number);
    const [pixel] = new Uint32Array(Uint8Array.of(red, green, blue, alpha * 255).buffer);
    const clamp = (value: number, limit: number) => Math.min(limit, Math.max(0, Math.round(value * SCALE)));
    const [left, right] = [clamp(x, this.#width), clamp(x + width, this.#width)];
    for (let row = clamp(y, this.#height); row < clamp(y + height, this.#height); row++) {
      this.#pixels.fill(pixel, row * this.#width + left, row * this.#width + right);
    }
  }

  /** The picture as a `data:` URL. */
  toDataURL(): string {
    const pixels = new Uint8Array(this.#pixels.buffer);
    const rowBytes = this.#width * 4;
    const rows = new Uint8Array(this.#height * (rowBytes + 1)); // each row starts with its filter: 0, none
    for (let row = 0; row < this.#height; row++) {
      rows.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
    }
    const header = new Uint8Array(13);
    const view = new DataView(header.buffer);
    view.setUint32(0, this.#width);
    view.setUint32(4, this.#height);
    header.set([8, 6], 8); // 8 bits, RGBA
    const png = [Uint8Array.from(SIGNATURE), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND")];
    return `data:image/png;base64,${Buffer.concat(png).toString("base64")}`;
  }
}

/** Length, name, content, checksum of name and content. */
function chunk(name: string, content: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}
