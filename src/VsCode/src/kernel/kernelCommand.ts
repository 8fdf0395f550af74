/** A place in code. Lines and characters, which are UTF-16 units, are counted from 0. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** A value as text of one mime type. "+json" types are JSON, images other than SVG are base64. */
export interface FormattedValue {
  readonly mimeType: string;
  readonly value: string;
  readonly suppressDisplay?: boolean;
}

interface CodeQuestion {
  readonly code: string;
  readonly linePosition: LinePosition;
}

/** What a kernel process can be asked to do: .NET Interactive's names of the commands, and what each takes. */
export interface KernelCommands {
  readonly SubmitCode: { readonly code: string };
  readonly RequestCompletions: CodeQuestion;
  readonly RequestHoverText: CodeQuestion;
  readonly RequestSignatureHelp: CodeQuestion;
  readonly RequestDiagnostics: { readonly code: string };
  readonly RequestValueInfos: { readonly mimeType: string };
  readonly RequestValue: { readonly name: string; readonly mimeType: string };
  readonly SendValue: { readonly name: string; readonly formattedValue: FormattedValue };
  readonly Cancel: object;
  readonly Quit: object;
}

/** A command on the wire. A command that a kernel makes of it has a token that begins with this one's and a dot. */
export interface CommandEnvelope {
  readonly token: string;
  readonly commandType: string;
  readonly command: Readonly<Record<string, unknown>>;
  readonly routingSlip: readonly string[];
}

/** A command for one of the process's kernels: "csharp", "html". Without a name the first one that takes such commands answers. */
export function envelopeOf<T extends keyof KernelCommands>(
  token: string, commandType: T, command: KernelCommands[T], targetKernelName?: string): CommandEnvelope {
  return { token, commandType, command: { ...command, targetKernelName }, routingSlip: [] };
}
