// Byte-level words (Radford et al. 2019, GPT-2): each byte of a word's UTF-8 is written as one visible character, so that a
// vocabulary of 256 characters can spell anything. "é" becomes "Ã©", a blank "Ġ".

const utf8 = new TextEncoder();

/** The character that stands for each byte: itself where it is visible, else one from U+0100 on. */
export const BYTE_CHARACTERS: readonly string[] = nameBytes();

/** The characters of a text that are not written as themselves. */
export const NOT_ITSELF = /[^!-~]/gu;

const spelled = new Map<string, string>();

/** The bytes of a character, written as characters. */
export function spellBytes(character: string): string {
  const known = spelled.get(character);
  if (known !== undefined) return known;
  const spelling = Array.from(utf8.encode(character), (byte) => BYTE_CHARACTERS[byte]).join("");
  spelled.set(character, spelling);
  return spelling;
}

const byteOf = new Map(BYTE_CHARACTERS.map((character, byte) => [character, byte]));

/** The bytes that a token stands for; those of its own UTF-8 where it is not made of byte characters. */
export function bytesOf(token: string): number[] {
  const bytes: number[] = [];
  for (const character of token) {
    const byte = byteOf.get(character);
    if (byte === undefined) return [...utf8.encode(token)];
    bytes.push(byte);
  }
  return bytes;
}

function nameBytes(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const isVisible = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCharCode(isVisible ? byte : next++);
  });
}
