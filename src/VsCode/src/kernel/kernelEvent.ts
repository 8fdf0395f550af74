/** One value in several representations, by mime type, best first. Texts are strings, "+json" types are JSON. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A piece of text that the cell wrote. Without an id, native code wrote it past the console: it is the running cell's. */
export interface StreamEvent {
  readonly type: 'stream';
  readonly id?: string;
  readonly name: 'stdout' | 'stderr';
  readonly text: string;
}

/** Something shown, or, as an update, shown in the place of what has the same `display_id`. */
export interface DisplayEvent {
  readonly type: 'display' | 'update';
  readonly id: string;
  readonly display_id?: string;
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface ResultEvent {
  readonly type: 'result';
  readonly id: string;
  readonly execution_count: number | null;
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface ErrorEvent {
  readonly type: 'error';
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly traceback: readonly string[];
}

/** What a cell shows while it runs, and what its threads show later. */
export type CellOutputEvent = StreamEvent | DisplayEvent | ResultEvent | ErrorEvent;

export interface ReadyEvent {
  readonly type: 'ready';
  readonly protocol: number;
  readonly process: number;
}

export interface StartedEvent {
  readonly type: 'started';
  readonly id: string;
}

/** The cell has ended; a cell without code has no count. */
export interface FinishedEvent {
  readonly type: 'finished';
  readonly id: string;
  readonly ok: boolean;
  readonly execution_count: number | null;
  readonly elapsed_ms: number;
}

/** An interrupted cell has not ended a while after; only ending the process helps. */
export interface UnstoppableEvent {
  readonly type: 'unstoppable';
  readonly id: string;
  readonly message: string;
}

/** A request was not understood. */
export interface RefusedEvent {
  readonly type: 'refused';
  readonly message: string;
}

/** The answer to a question about code (completions, hover), whose form belongs to who asked. */
export interface ReplyEvent {
  readonly type: 'reply';
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Something a kernel process says, one JSON object a line. */
export type KernelEvent =
  | CellOutputEvent
  | ReadyEvent
  | StartedEvent
  | FinishedEvent
  | UnstoppableEvent
  | RefusedEvent
  | ReplyEvent;

type Fields = Record<string, unknown>;

/** Every type of event of the wire, and the check that its fields are what they should be. */
const checks: Readonly<Record<Exclude<KernelEvent['type'], 'reply'>, (fields: Fields) => boolean>> = {
  ready: ({ protocol, process }) => isNumber(protocol) && isNumber(process),
  started: ({ id }) => isText(id),
  stream: ({ id, name, text }) => (id === undefined || isText(id)) && (name === 'stdout' || name === 'stderr') && isText(text),
  display: ({ id, data, metadata }) => isText(id) && isFields(data) && isFields(metadata),
  update: ({ id, data, metadata, display_id }) => isText(id) && isFields(data) && isFields(metadata) && isText(display_id),
  result: ({ id, data, metadata, execution_count }) => isText(id) && isFields(data) && isFields(metadata) && isCount(execution_count),
  error: ({ id, name, value, traceback }) => isText(id) && isText(name) && isText(value) && Array.isArray(traceback) && traceback.every(isText),
  finished: ({ id, ok, execution_count }) => isText(id) && typeof ok === 'boolean' && isCount(execution_count),
  unstoppable: ({ id, message }) => isText(id) && isText(message),
  refused: ({ message }) => isText(message),
};

/** The event that a text is; undefined when it is none, as what native code writes. */
export function parseEvent(text: string): KernelEvent | undefined {
  const fields = parseFields(text);
  if (fields === undefined || !isText(fields['type'])) return undefined;
  const check = Object.hasOwn(checks, fields['type']) ? checks[fields['type'] as keyof typeof checks] : undefined;
  if (check !== undefined) return check(fields) ? (fields as unknown as KernelEvent) : undefined;
  return isText(fields['id']) ? { type: 'reply', id: fields['id'], body: fields } : undefined;
}

function parseFields(text: string): Fields | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isFields(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isCount(value: unknown): value is number | null | undefined {
  return value === undefined || value === null || isNumber(value);
}
