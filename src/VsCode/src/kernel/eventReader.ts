import { StringDecoder } from 'node:string_decoder';
import { parseEvent, type KernelEvent, type StreamEvent } from './kernelEvent';

const start = '{"type":"';

/**
 * Turns the bytes of a kernel's standard output into events.
 * Native code may write to the same file descriptor; whatever does not parse as an event is such output.
 */
export class EventReader {
  private readonly decoder = new StringDecoder('utf8');
  private rest: string[] = [];

  /** The events that these bytes complete. */
  push(bytes: Buffer): KernelEvent[] {
    const lines = this.decoder.write(bytes).split('\n');
    if (lines.length === 1) {
      this.rest.push(lines[0] ?? '');
      return [];
    }
    const first = this.rest.join('') + (lines[0] ?? '');
    this.rest = [lines.at(-1) ?? ''];
    return [first, ...lines.slice(1, -1)].flatMap((line) => eventsIn(line, '\n'));
  }

  /** The events in a last line that was never ended. */
  end(): KernelEvent[] {
    const line = this.rest.join('') + this.decoder.end();
    this.rest = [];
    return line === '' ? [] : eventsIn(line, '');
  }
}

/** One event, or two when native output stands before one on the same line. */
function eventsIn(line: string, lineEnd: string): KernelEvent[] {
  for (let at = line.indexOf(start); at >= 0; at = line.indexOf(start, at + 1)) {
    const event = parseEvent(line.slice(at));
    if (event !== undefined) return at === 0 ? [event] : [native(line.slice(0, at)), event];
  }
  return [native(line + lineEnd)];
}

function native(text: string): StreamEvent {
  return { type: 'stream', name: 'stdout', text };
}
