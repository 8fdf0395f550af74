import type { CommandEnvelope } from './kernelCommand';
import type { KernelEvent, KernelEvents } from './kernelEvent';

/** Text that native code wrote past the protocol. */
export interface NativeOutput {
  readonly native: string;
}

/** What comes from a kernel process: events, commands for the front end, and what is neither. */
export type KernelMessage = KernelEvent | CommandEnvelope | NativeOutput;

type Fields = Record<string, unknown>;

/** The events that are looked at, and the check that their fields are what they should be. */
const checks: Readonly<Record<keyof KernelEvents, (event: Fields) => boolean>> = {
  KernelReady: () => true,
  CommandSucceeded: () => true,
  CommandFailed: hasMessage,
  StandardOutputValueProduced: isDisplay,
  StandardErrorValueProduced: isDisplay,
  DisplayedValueProduced: isDisplay,
  DisplayedValueUpdated: (event) => isDisplay(event) && isText(event['valueId']),
  ReturnValueProduced: isDisplay,
  ErrorProduced: hasMessage,
  DiagnosticsProduced: ({ diagnostics }) => isListOf(diagnostics, (one) => isSpan(one['linePositionSpan']) && isText(one['message'])),
  CompletionsProduced: ({ completions }) => isListOf(completions, (one) => isText(one['displayText']) && isText(one['insertText'])),
  HoverTextProduced: ({ content }) => isListOf(content, isFormatted),
  SignatureHelpProduced: ({ signatures }) => isListOf(signatures, (one) => isText(one['label']) && Array.isArray(one['parameters'])),
  ValueInfosProduced: ({ valueInfos }) => isListOf(valueInfos, (one) => isText(one['name']) && isFormatted(one['formattedValue'])),
  ValueProduced: ({ name, formattedValue }) => isText(name) && isFormatted(formattedValue),
};

/** Nothing, for an event that nobody here looks at; undefined for a text that is no message. */
export function parseMessage(text: string): readonly [] | readonly [KernelEvent | CommandEnvelope] | undefined {
  const fields = parseFields(text);
  if (fields === undefined) return undefined;
  if (isText(fields['eventType']) && isFields(fields['event'])) {
    if (!isKnown(fields['eventType'])) return [];
    return checks[fields['eventType']](fields['event']) ? [fields as unknown as KernelEvent] : undefined;
  }
  const isCommand = isText(fields['commandType']) && isText(fields['token']) && isFields(fields['command']);
  return isCommand ? [fields as unknown as CommandEnvelope] : undefined;
}

function isKnown(type: string): type is keyof KernelEvents {
  return Object.hasOwn(checks, type);
}

function parseFields(text: string): Fields | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isFields(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function hasMessage({ message }: Fields): boolean {
  return isText(message);
}

function isDisplay({ formattedValues }: Fields): boolean {
  return isListOf(formattedValues, isFormatted);
}

function isFormatted(value: unknown): boolean {
  return isFields(value) && isText(value['mimeType']) && isText(value['value']);
}

function isSpan(value: unknown): boolean {
  return isFields(value) && isPosition(value['start']) && isPosition(value['end']);
}

function isPosition(value: unknown): boolean {
  return isFields(value) && typeof value['line'] === 'number' && typeof value['character'] === 'number';
}

function isListOf(value: unknown, check: (one: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isFields(one) && check(one));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
