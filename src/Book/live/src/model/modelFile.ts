import type { ConfigJson } from './config';
import type { ChatTemplateJson } from './chatTemplate';
import type { GenerationJson } from '../generation/settings';
import type { TokenizerJson } from '../tokenizer/tokenizerJson';
import { Weights, type TensorPlace } from './weights';

/**
 * A model as src/Book/ModelScript.cs writes it: the JSON files of its folder, the header of its safetensors file, and that file's data.
 *
 * Each bfloat16 is split in two, | exponent: 8 bits | and | mantissa: 7 bits, sign: 1 bit |. Exponents are much alike and shrink to a
 * third; the others are noise. Each plane is gzipped, and base64 makes text of it.
 */
export interface ModelFile {
  config: ConfigJson;
  generation: GenerationJson;
  tokenizer: TokenizerJson;
  tokenizerConfig: ChatTemplateJson;
  header: Record<string, TensorPlace | Record<string, string>>;
  exponents: string;
  mantissas: string;
}

/** Puts the weights together again. */
export async function readWeights(file: ModelFile): Promise<Weights> {
  const [exponents, mantissas] = await Promise.all([inflate(file.exponents), inflate(file.mantissas)]);
  return new Weights(file.header, join(exponents, mantissas));
}

/** bfloat16: | sign | exponent: 8 bits | mantissa: 7 bits | */
export function join(exponents: Uint8Array, mantissas: Uint8Array): Uint16Array {
  const bits = new Uint16Array(exponents.length);
  for (let i = 0; i < bits.length; i++) bits[i] = ((mantissas[i] & 1) << 15) | (exponents[i] << 7) | (mantissas[i] >> 1);
  return bits;
}

async function inflate(base64: string): Promise<Uint8Array> {
  const characters = atob(base64);
  const packed = new Uint8Array(characters.length);
  for (let i = 0; i < packed.length; i++) packed[i] = characters.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
