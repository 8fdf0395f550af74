import type { CommandEnvelope, FormattedValue, LinePosition } from './kernelCommand';

/** A stretch of code; its end is not part of it. */
export interface LineSpan {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

/** Something shown. An update has the id of the display that it replaces, whichever cell that is in. */
export interface Display {
  readonly formattedValues: readonly FormattedValue[];
  readonly valueId?: string | null;
}

export interface Diagnostic {
  readonly linePositionSpan: LineSpan;
  readonly severity: 'hidden' | 'info' | 'warning' | 'error';
  readonly code: string;
  readonly message: string;
}

export interface Completion {
  readonly displayText: string;
  readonly kind: string;
  readonly filterText: string;
  readonly sortText: string;
  readonly insertText: string;
  /** A snippet has places to fill in: "Write($1)". */
  readonly insertTextFormat?: 'plaintext' | 'snippet' | null;
  readonly documentation?: string | null;
}

export interface Parameter {
  readonly label: string;
  readonly documentation: FormattedValue;
}

export interface Signature extends Parameter {
  readonly parameters: readonly Parameter[];
}

export interface ValueInfo {
  readonly name: string;
  readonly formattedValue: FormattedValue;
  readonly typeName?: string | null;
}

/** The events of .NET Interactive that this extension looks at, and what each says. */
export interface KernelEvents {
  readonly KernelReady: object;
  readonly CommandSucceeded: object;
  readonly CommandFailed: { readonly message: string };
  readonly StandardOutputValueProduced: Display;
  readonly StandardErrorValueProduced: Display;
  readonly DisplayedValueProduced: Display;
  readonly DisplayedValueUpdated: Display & { readonly valueId: string };
  readonly ReturnValueProduced: Display;
  readonly ErrorProduced: Display & { readonly message: string };
  readonly DiagnosticsProduced: { readonly diagnostics: readonly Diagnostic[] };
  readonly CompletionsProduced: { readonly completions: readonly Completion[]; readonly linePositionSpan?: LineSpan | null };
  readonly HoverTextProduced: { readonly content: readonly FormattedValue[]; readonly linePositionSpan?: LineSpan | null };
  readonly SignatureHelpProduced: {
    readonly signatures: readonly Signature[];
    readonly activeSignatureIndex: number;
    readonly activeParameterIndex: number;
  };
  readonly ValueInfosProduced: { readonly valueInfos: readonly ValueInfo[] };
  readonly ValueProduced: { readonly name: string; readonly formattedValue: FormattedValue };
}

export type KernelEventType = keyof KernelEvents;

/** An event of one of these types as it comes over the wire. Without a command it is about the process. */
export type EventOf<T extends KernelEventType> = T extends KernelEventType
  ? { readonly eventType: T; readonly event: KernelEvents[T]; readonly command?: CommandEnvelope | null }
  : never;

export type KernelEvent = EventOf<KernelEventType>;
