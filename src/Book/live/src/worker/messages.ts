import type { GeneratedToken, GenerationSettings } from '../generation/generate';
import type { Arithmetic } from '../arithmetic/arithmetic';
import type { InspectionOptions } from '../model/inspection';
import type { ModelFile } from '../model/modelFile';
import type { Prompt } from './model';

/** What a page asks of its worker. */
export type Task =
  | { kind: 'load'; file: ModelFile; arithmetic?: Arithmetic['name'] | undefined }
  | { kind: 'encode'; prompt: Prompt }
  | { kind: 'trace'; text: string }
  | { kind: 'generate'; prompt: Prompt; settings: GenerationSettings }
  | { kind: 'logits'; tokens: readonly number[] }
  | { kind: 'inspect'; tokens: readonly number[]; options: InspectionOptions };

/** A task with the number that its answers carry, or the end of one. */
export type Question = { id: number; task: Task } | { cancel: number };

/** A worker's words: tokens while it writes, then a result or an error. */
export type Answer = { id: number; token: GeneratedToken } | { id: number; result: unknown } | { id: number; error: string };
