/** Where a weight lies in the data of a safetensors file. */
export interface TensorPlace {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** The weights of a safetensors file by name, as bfloat16. */
export class Weights {
  /** @param header The file's header. @param data What follows the header. */
  constructor(private readonly header: Record<string, TensorPlace | Record<string, string>>, private readonly data: Uint16Array) {}

  /** How many numbers the model has learned. */
  get parameters(): number {
    return this.data.length;
  }

  /** A weight's bits. @throws where it is missing or has another shape. */
  get(name: string, ...shape: number[]): Uint16Array {
    const place = this.header[name] as TensorPlace | undefined;
    if (place === undefined) throw new Error(`model.safetensors has no weight '${name}', which config.json needs.`);
    if (place.dtype !== 'BF16') throw new Error(`Weight '${name}' is ${place.dtype}; the model in the browser reads BF16 only.`);
    if (place.shape.join() !== shape.join())
      throw new Error(`Weight '${name}' is [${place.shape.join(', ')}]; config.json needs [${shape.join(', ')}].`);
    const [from, to] = place.data_offsets;
    return this.data.subarray(from / 2, to / 2);
  }
}
