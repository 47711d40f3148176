// Unicode normal forms with alignment: String.prototype.normalize gives the text, this file where each unit came from.
// Follows unicode-normalization-alignments, the crate behind the Rust tokenizers.
import type { AlignedText } from "./aligned_text.ts";

export type NormalForm = "NFC" | "NFD" | "NFKC" | "NFKD";

/** The text in a Unicode normal form. */
export function normalizeForm(text: AlignedText, form: NormalForm): AlignedText {
  const normal = text.text.normalize(form);
  if (normal === text.text) return text;
  if (!text.isTracked) return text.rebuilt(normal, []);
  return text.replace(/\P{ASCII}/gu, (c) => c.normalize(form));
}
