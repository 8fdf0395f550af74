import { StringDecoder } from 'node:string_decoder';
import { parseMessage, type KernelMessage } from './kernelMessage';

/** Where in a line a message may begin. */
const start = /\{"(?:event|eventType|command|commandType|token)":/g;

/**
 * Turns the bytes of a kernel's standard output into messages.
 * Native code may write to the same file descriptor; whatever does not parse as a message is such output.
 */
export class MessageReader {
  private readonly decoder = new StringDecoder('utf8');
  private rest: string[] = [];

  /** The messages that these bytes complete. */
  push(bytes: Buffer): KernelMessage[] {
    const lines = this.decoder.write(bytes).split('\n');
    if (lines.length === 1) {
      this.rest.push(lines[0] ?? '');
      return [];
    }
    const first = this.rest.join('') + (lines[0] ?? '');
    this.rest = [lines.at(-1) ?? ''];
    return [first, ...lines.slice(1, -1)].flatMap((line) => messagesIn(line, '\n'));
  }

  /** The messages in a last line that was never ended. */
  end(): KernelMessage[] {
    const line = this.rest.join('') + this.decoder.end();
    this.rest = [];
    return line === '' ? [] : messagesIn(line, '');
  }
}

/** One message, or two when native output stands before one on the same line. */
function messagesIn(line: string, lineEnd: string): KernelMessage[] {
  for (const { index } of line.matchAll(start)) {
    const message = parseMessage(line.slice(index));
    if (message !== undefined) return index === 0 ? [...message] : [{ native: line.slice(0, index) }, ...message];
  }
  return [{ native: line + lineEnd }];
}
