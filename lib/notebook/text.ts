// Words and numbers as people read them: shared by tables, progress and figures. Pure.

/** `text` with the five characters that mean something in HTML and SVG escaped. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * A number with `digits` decimals; whole numbers have none, and what would round to zero is written with an exponent
 * (2e-5).
 */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 10 ** -digits) return value.toFixed(digits);
  return Number(value.toPrecision(Math.max(digits, 1))).toExponential();
}

/** 8551 as "8,551". */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US");
}

/** Seconds as a person says them: 4 s, 2 min 5 s, 1 h 3 min. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A key of code as a heading: `validationLoss` -> "Validation loss", `f1` -> "F1". Names with spaces stay as they are. */
export function heading(key: string): string {
  if (/[\s_]/.test(key)) return key;
  const words = key.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
