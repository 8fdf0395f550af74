// Reads a GGUF file's header with @huggingface/gguf, and prints it as JSON: node gguf-header.mjs FILE
import { gguf, GGMLQuantizationType } from '@huggingface/gguf';

const { metadata, tensorInfos, tensorDataOffset } = await gguf(process.argv[2], { allowLocalFile: true });
const tensors = tensorInfos.map(({ name, shape, dtype, offset }) =>
  ({ name, shape: shape.map(Number), type: GGMLQuantizationType[dtype], offset: Number(offset) }));
console.log(JSON.stringify({ metadata, tensors, dataOffset: Number(tensorDataOffset) }, (_, value) => typeof value === 'bigint' ? Number(value) : value));
