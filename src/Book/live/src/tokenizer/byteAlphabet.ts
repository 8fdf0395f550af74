// GPT-2 writes each byte as one printable character: those that are printable as themselves, the others as the characters from U+0100 on.
const characters: string[] = [];
for (let byte = 0, next = 0x100; byte < 256; byte++) {
  const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  characters.push(String.fromCharCode(printable ? byte : next++));
}
const bytes = new Map(characters.map((character, byte) => [character, byte]));
const utf8 = new TextEncoder();

/** A text's UTF-8 bytes in GPT-2's alphabet, one character a byte: " é" is "ĠÃ©". */
export function toByteAlphabet(text: string): string {
  return Array.from(utf8.encode(text), (byte) => characters[byte]).join('');
}

/** The bytes that a text in GPT-2's alphabet stands for. */
export function fromByteAlphabet(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => bytes.get(character) ?? 0x3f);
}
