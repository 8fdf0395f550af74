const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A single token as text that can be read; bytes that are only part of a character as <0xE2>. */
export function tokenText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at] < 0x80 ? 1 : bytes[at] < 0xe0 ? 2 : bytes[at] < 0xf0 ? 3 : 4;
    const character = decode(bytes.subarray(at, at + length));
    text += character ?? `<0x${bytes[at].toString(16).toUpperCase().padStart(2, '0')}>`;
    at += character === null ? 1 : length;
  }
  return text;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}
