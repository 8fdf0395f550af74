"""Makes tests/Engine/Golden/quantized: the checkpoints of Golden/models with projections in GPTQ's layout, and the numbers that these
stand for. Run with Debian's python3-numpy:  /usr/bin/python3 tests/Engine/Golden/make_quantized.py
With a folder it says what the projections there are:  make_quantized.py FOLDER OUT.safetensors  writes their numbers in float32.

It shares nothing with the engine: whole Python integers are shifted into words, one code at a time, by the published layout
(https://huggingface.co/docs/transformers/quantization/gptq):
  qweight int32 [in * bits / 32, out], qzeros int32 [groups, out * bits / 32] with zero - 1 ("gptq") or zero ("gptq_v2"),
  scales float16 [groups, out], g_idx int32 [in];  weight[o, i] = scales[g_idx[i], o] * (code[i, o] - zero[g_idx[i], o])
"""
import json, os, random, struct, sys
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
DTYPES = {"F32": np.float32, "F16": np.float16, "I32": np.int32}


def read(path):
    raw = open(path, "rb").read()
    length = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        data = raw[8 + length + begin:8 + length + end]
        if entry["dtype"] == "BF16":
            data = (np.frombuffer(data, np.uint16).astype(np.uint32) << 16).tobytes()
        tensors[name] = np.frombuffer(data, DTYPES.get(entry["dtype"], np.float32)).reshape(entry["shape"])
    return tensors


def write(path, tensors):
    header, blobs, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, t in tensors.items():
        kind = next(k for k, v in DTYPES.items() if v == t.dtype)
        raw = np.ascontiguousarray(t).tobytes()
        header[name] = {"dtype": kind, "shape": list(t.shape), "data_offsets": [at, at + len(raw)]}
        blobs.append(raw)
        at += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def word(codes, bits):
    value = 0
    for place, code in enumerate(codes):
        assert 0 <= code < 2 ** bits
        value |= int(code) << (place * bits)
    return value - 2 ** 32 if value >= 2 ** 31 else value


def codes_of(value, bits):
    value = int(value) % 2 ** 32
    return [(value >> (place * bits)) % 2 ** bits for place in range(32 // bits)]


def pack(codes, zeros, scales, groups, bits, stored_zero):
    """codes [in, out], zeros and scales [groups, out]"""
    n = 32 // bits
    qweight = [[word(codes[r * n:(r + 1) * n, o], bits) for o in range(codes.shape[1])] for r in range(codes.shape[0] // n)]
    qzeros = [[word(row[c * n:(c + 1) * n] - 1 + stored_zero, bits) for c in range(len(row) // n)] for row in zeros]
    return {"qweight": np.array(qweight, np.int32), "qzeros": np.array(qzeros, np.int32), "scales": scales.astype(np.float16),
            "g_idx": np.array(groups, np.int32)}


def unpack(t, bits, stored_zero):
    """[out, in] float32, each number computed in float64"""
    inputs, outputs = t["qweight"].shape[0] * 32 // bits, t["qweight"].shape[1]
    numbers = np.zeros((outputs, inputs), np.float64)
    zeros = [[z + 1 - stored_zero for value in row for z in codes_of(value, bits)] for row in t["qzeros"]]
    for r, row in enumerate(t["qweight"]):
        for o, value in enumerate(row):
            for place, code in enumerate(codes_of(value, bits)):
                i = r * (32 // bits) + place
                g = t["g_idx"][i]
                numbers[o, i] = float(t["scales"][g, o]) * (code - zeros[g][o])
    assert (numbers.astype(np.float32) == numbers).all()
    return numbers.astype(np.float32)


def quantize(weight, bits, size, sym, order, least_zero):
    """weight [out, in]; the rounding is coarse on purpose: only the layout matters"""
    w = weight.astype(np.float64).T
    inputs, outputs = w.shape
    size = inputs if size == -1 else size
    groups = [0] * inputs
    for place, i in enumerate(order(inputs)):
        groups[i] = place // size
    most = 2 ** bits - 1
    codes, zeros, scales = np.zeros((inputs, outputs), int), np.zeros((inputs // size, outputs), int), np.zeros((inputs // size, outputs))
    for g in range(inputs // size):
        rows = [i for i in range(inputs) if groups[i] == g]
        for o in range(outputs):
            low, high = w[rows, o].min(), w[rows, o].max()
            s = float(np.float16(2 * abs(w[rows, o]).max() / most if sym else (high - low) / most))
            z = 2 ** (bits - 1) if sym else min(max(round(-low / s), least_zero), most)
            scales[g, o], zeros[g, o] = s, z
            for i in rows:
                codes[i, o] = min(max(round(w[i, o] / s) + z, 0), most)
    return codes, zeros, scales, groups


def in_order(n):
    return list(range(n))


def shuffled(n):
    order = list(range(n))
    random.Random(n).shuffle(order)
    return order


def make(name, model, bits, size, sym, version, order=in_order, zero_bias=False):
    config = json.load(open(os.path.join(HERE, "models", model, "config.json")))
    stored_zero = 1 if version == "gptq_v2" else 0
    tensors, numbers = {}, {}
    for key, t in read(os.path.join(HERE, "models", model, "model.safetensors")).items():
        module = key[:-len(".weight")]
        conv = ".c_" in key
        if not (conv or key.endswith("_proj.weight")) or t.ndim != 2:
            tensors[key] = numbers[key] = t
            continue
        packed = pack(*quantize(t.T if conv else t, bits, size, sym, order, 1 - stored_zero), bits, stored_zero)
        for part, value in packed.items():
            tensors[f"{module}.{part}"] = value
        value = unpack(packed, bits, stored_zero)
        numbers[key] = np.ascontiguousarray(value.T) if conv else value
        if zero_bias:
            tensors[module + ".bias"] = np.zeros(t.shape[0], np.float16)
    config["quantization_config"] = {"quant_method": "gptq", "bits": bits, "group_size": size, "sym": sym, "damp_percent": 0.01,
                                     "desc_act": order is shuffled, "checkpoint_format": version}
    folder = os.path.join(HERE, "quantized", name)
    os.makedirs(os.path.join(folder, "numbers"), exist_ok=True)
    json.dump(config, open(os.path.join(folder, "config.json"), "w"), indent=1)
    write(os.path.join(folder, "model.safetensors"), tensors)
    del config["quantization_config"]
    json.dump(config, open(os.path.join(folder, "numbers", "config.json"), "w"), indent=1)
    write(os.path.join(folder, "numbers", "model.safetensors"), numbers)


if len(sys.argv) == 3:
    config = json.load(open(os.path.join(sys.argv[1], "config.json")))["quantization_config"]
    tensors, numbers = read(os.path.join(sys.argv[1], "model.safetensors")), {}
    for key in [key for key in tensors if key.endswith(".qweight")]:
        module = key[:-len(".qweight")]
        parts = {part: tensors[f"{module}.{part}"] for part in ("qweight", "qzeros", "scales", "g_idx")}
        numbers[module + ".weight"] = unpack(parts, config["bits"], 1 if config["checkpoint_format"] == "gptq_v2" else 0)
    write(sys.argv[2], numbers)
else:
    make("llama-4", "llama", 4, 16, False, "gptq", zero_bias=True)
    make("llama-4-row-v2", "llama", 4, -1, False, "gptq_v2")
    make("llama-8-ordered", "llama", 8, 16, True, "gptq", order=shuffled)
    make("phi3-4-ordered", "phi3", 4, 16, False, "gptq", order=shuffled)
    make("gpt2-4", "gpt2", 4, 32, True, "gptq")
