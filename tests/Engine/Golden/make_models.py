"""Makes tests/Engine/Golden/models: small random checkpoints in Hugging Face's layout and the logits that an independent
implementation in PyTorch gives for them. Run with Debian's python3-torch:  /usr/bin/python3 tests/Engine/Golden/make_models.py

The implementation shares nothing with the engine: loops over heads, complex numbers for rotations, sums written out.
"""
import json, math, os, struct
import torch

torch.manual_seed(20261122)
torch.set_num_threads(2)
HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "models")


def save_safetensors(path, tensors):
    names = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}
    header, blobs, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, t in tensors.items():
        t = t.contiguous()
        raw = (t.view(torch.int16) if t.dtype in (torch.float16, torch.bfloat16) else t).numpy().tobytes()
        header[name] = {"dtype": names[t.dtype], "shape": list(t.shape), "data_offsets": [at, at + len(raw)]}
        blobs.append(raw)
        at += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def rms(x, w, eps):
    return torch.stack([row / math.sqrt((row.double() ** 2).mean().item() + eps) for row in x]) * w


def rotate(x, turns):
    """x [time, dim], turns [time, pairs] complex: component i and i + pairs are the real and imaginary part of one complex number;
    components behind the pairs stay."""
    pairs = turns.shape[1]
    z = torch.complex(x[:, :pairs].double(), x[:, pairs:2 * pairs].double()) * turns
    return torch.cat([z.real.float(), z.imag.float(), x[:, 2 * pairs:]], dim=1)


def turns(c, reach, theta=None, scaled=True):
    """[time, pairs] complex, for tokens whose texts were reach[t] long when they were read."""
    dim = int(c["head_dim"] * c.get("partial_rotary_factor", 1))
    theta = theta or c["rope_theta"]
    s = (scaled and c.get("rope_scaling")) or {"rope_type": "default"}
    kind, magnitude = s["rope_type"], 1.0
    plain = [theta ** (-2 * i / dim) for i in range(dim // 2)]
    context = c["max_position_embeddings"]
    if kind == "yarn":
        original, factor = s["original_max_position_embeddings"], s["factor"]
        place = lambda rotations: dim * math.log(original / (rotations * 2 * math.pi)) / (2 * math.log(theta))
        low, high = max(math.floor(place(s.get("beta_fast", 32))), 0), min(math.ceil(place(s.get("beta_slow", 1))), dim - 1)
        mscale = lambda m: 0.1 * m * math.log(factor) + 1.0
        magnitude = mscale(s["mscale"]) / mscale(s["mscale_all_dim"]) if "mscale" in s else mscale(1)
    rows = []
    for t, length in enumerate(reach):
        if kind == "linear":
            freq = [f / s["factor"] for f in plain]
        elif kind == "llama3":
            freq = [llama3_scale(s)(f) for f in plain]
        elif kind == "yarn":
            ramp = [min(max((i - low) / ((high - low) or 0.001), 0), 1) for i in range(dim // 2)]
            freq = [f / factor * r + f * (1 - r) for f, r in zip(plain, ramp)]
        elif kind == "dynamic":
            base = theta * (s["factor"] * max(length, context) / context - (s["factor"] - 1)) ** (dim / (dim - 2))
            freq = [base ** (-2 * i / dim) for i in range(dim // 2)]
        elif kind == "longrope":
            original = c["original_max_position_embeddings"]
            magnitude = math.sqrt(1 + math.log(context / original) / math.log(original))
            freq = [f / d for f, d in zip(plain, s["long_factor" if length > original else "short_factor"])]
        else:
            freq = plain
        rows.append([complex(magnitude * math.cos(t * f), magnitude * math.sin(t * f)) for f in freq])
    return torch.tensor(rows, dtype=torch.complex128)


def llama3_scale(s):
    def scale(f):
        wavelength = 2 * math.pi / f
        low, high = s["original_max_position_embeddings"] / s["low_freq_factor"], s["original_max_position_embeddings"] / s["high_freq_factor"]
        if wavelength > low:
            return f / s["factor"]
        if wavelength < high:
            return f
        smooth = (s["original_max_position_embeddings"] / wavelength - s["low_freq_factor"]) / (s["high_freq_factor"] - s["low_freq_factor"])
        return (1 - smooth) * f / s["factor"] + smooth * f
    return scale


def attend(q, k, v, window=None, scalar=None, cap=None):
    """q, k, v [time, dim] of one head."""
    out = []
    for t in range(q.shape[0]):
        first = 0 if window is None else max(0, t - window + 1)
        scores = [(q[t].double() @ k[s].double()).item() / math.sqrt(scalar or q.shape[1]) for s in range(first, t + 1)]
        scores = [cap * math.tanh(s / cap) for s in scores] if cap else scores
        top = max(scores)
        e = [math.exp(s - top) for s in scores]
        out.append(sum(w / sum(e) * v[first + i].double() for i, w in enumerate(e)))
    return torch.stack(out).float()


def window_of(c, layer):
    if "layer_types" in c:
        return c["sliding_window"] if c["layer_types"][layer] == "sliding_attention" else None
    if "max_window_layers" in c:
        return c["sliding_window"] if c["use_sliding_window"] and layer >= c["max_window_layers"] else None
    return c.get("sliding_window")


def llama(c, w, tokens, reach=None):
    turn = turns(c, reach or [len(tokens)] * len(tokens))
    dim, heads, kv = c["head_dim"], c["num_attention_heads"], c["num_key_value_heads"]
    lin = lambda name, x: x @ w[name + ".weight"].T + (w[name + ".bias"] if name + ".bias" in w else 0)
    x = w["model.embed_tokens.weight"][tokens]
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        n = rms(x, w[p + "input_layernorm.weight"], c["rms_norm_eps"])
        q, k, v = (lin(p + f"self_attn.{a}_proj", n) for a in "qkv")
        outs = []
        for h in range(heads):
            g = h // (heads // kv)
            qh, kh, vh = q[:, h * dim:(h + 1) * dim], k[:, g * dim:(g + 1) * dim], v[:, g * dim:(g + 1) * dim]
            if p + "self_attn.q_norm.weight" in w:
                qh, kh = rms(qh, w[p + "self_attn.q_norm.weight"], c["rms_norm_eps"]), rms(kh, w[p + "self_attn.k_norm.weight"], c["rms_norm_eps"])
            outs.append(attend(rotate(qh, turn), rotate(kh, turn), vh, window_of(c, i)))
        x = x + lin(p + "self_attn.o_proj", torch.cat(outs, dim=1))
        n = rms(x, w[p + "post_attention_layernorm.weight"], c["rms_norm_eps"])
        gate = lin(p + "mlp.gate_proj", n)
        x = x + lin(p + "mlp.down_proj", gate / (1 + torch.exp(-gate)) * lin(p + "mlp.up_proj", n))
    x = rms(x, w["model.norm.weight"], c["rms_norm_eps"])
    return x @ w["model.embed_tokens.weight" if c["tie_word_embeddings"] else "lm_head.weight"].T


def heads_of(x, dim):
    return [x[:, at:at + dim] for at in range(0, x.shape[1], dim)]


def smollm3(c, w, tokens, reach=None):
    turn = turns(c, reach or [len(tokens)] * len(tokens))
    dim, group, eps = c["head_dim"], c["num_attention_heads"] // c["num_key_value_heads"], c["rms_norm_eps"]
    x = w["model.embed_tokens.weight"][tokens]
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        place = (lambda h: rotate(h, turn)) if c["no_rope_layers"][i] == 1 else (lambda h: h)
        n = rms(x, w[p + "input_layernorm.weight"], eps)
        q, k, v = (heads_of(n @ w[p + f"self_attn.{a}_proj.weight"].T, dim) for a in "qkv")
        mixed = [attend(place(q[h]), place(k[h // group]), v[h // group], window_of(c, i)) for h in range(len(q))]
        x = x + torch.cat(mixed, dim=1) @ w[p + "self_attn.o_proj.weight"].T
        n = rms(x, w[p + "post_attention_layernorm.weight"], eps)
        gate = n @ w[p + "mlp.gate_proj.weight"].T
        x = x + (gate * torch.sigmoid(gate) * (n @ w[p + "mlp.up_proj.weight"].T)) @ w[p + "mlp.down_proj.weight"].T
    return rms(x, w["model.norm.weight"], eps) @ w["model.embed_tokens.weight"].T


def olmo2(c, w, tokens, reach=None):
    turn = turns(c, reach or [len(tokens)] * len(tokens))
    dim, group, eps = c["head_dim"], c["num_attention_heads"] // c["num_key_value_heads"], c["rms_norm_eps"]
    x = w["model.embed_tokens.weight"][tokens]
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        a = p + "self_attn."
        q = heads_of(rms(x @ w[a + "q_proj.weight"].T, w[a + "q_norm.weight"], eps), dim)
        k = heads_of(rms(x @ w[a + "k_proj.weight"].T, w[a + "k_norm.weight"], eps), dim)
        v = heads_of(x @ w[a + "v_proj.weight"].T, dim)
        mixed = [attend(rotate(q[h], turn), rotate(k[h // group], turn), v[h // group]) for h in range(len(q))]
        x = x + rms(torch.cat(mixed, dim=1) @ w[a + "o_proj.weight"].T, w[p + "post_attention_layernorm.weight"], eps)
        gate = x @ w[p + "mlp.gate_proj.weight"].T
        made = (gate * torch.sigmoid(gate) * (x @ w[p + "mlp.up_proj.weight"].T)) @ w[p + "mlp.down_proj.weight"].T
        x = x + rms(made, w[p + "post_feedforward_layernorm.weight"], eps)
    return rms(x, w["model.norm.weight"], eps) @ w["lm_head.weight"].T


def phi3(c, w, tokens, reach=None):
    turn = turns(c, reach or [len(tokens)] * len(tokens))
    heads, kv, eps = c["num_attention_heads"], c["num_key_value_heads"], c["rms_norm_eps"]
    dim = c["hidden_size"] // heads
    x = w["model.embed_tokens.weight"][tokens]
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        all_heads = heads_of(rms(x, w[p + "input_layernorm.weight"], eps) @ w[p + "self_attn.qkv_proj.weight"].T, dim)
        q, k, v = all_heads[:heads], all_heads[heads:heads + kv], all_heads[heads + kv:]
        mixed = [attend(rotate(q[h], turn), rotate(k[h * kv // heads], turn), v[h * kv // heads], c.get("sliding_window")) for h in range(heads)]
        x = x + torch.cat(mixed, dim=1) @ w[p + "self_attn.o_proj.weight"].T
        both = rms(x, w[p + "post_attention_layernorm.weight"], eps) @ w[p + "mlp.gate_up_proj.weight"].T
        gate, up = both.chunk(2, dim=1)
        x = x + (gate * torch.sigmoid(gate) * up) @ w[p + "mlp.down_proj.weight"].T
    head = "model.embed_tokens.weight" if c["tie_word_embeddings"] else "lm_head.weight"
    return rms(x, w["model.norm.weight"], eps) @ w[head].T


def gemma(c, w, tokens, reach=None):
    """Gemma 2, and 3 where there are norms of queries and keys and a second base of rotations."""
    reach = reach or [len(tokens)] * len(tokens)
    everywhere = turns(c, reach)
    local = turns(c, reach, c["rope_local_base_freq"], scaled=False) if "rope_local_base_freq" in c else everywhere
    dim, group, eps = c["head_dim"], c["num_attention_heads"] // c["num_key_value_heads"], c["rms_norm_eps"]
    norm = lambda x, name: rms(x, 1 + w[name + ".weight"], eps)
    soft = lambda x, cap: cap * torch.tanh(x / cap) if cap else x
    x = w["model.embed_tokens.weight"][tokens] * math.sqrt(c["hidden_size"])
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        windowed = c["layer_types"][i] == "sliding_attention"
        turn = local if windowed else everywhere
        n = norm(x, p + "input_layernorm")
        q, k, v = (heads_of(n @ w[p + f"self_attn.{a}_proj.weight"].T, dim) for a in "qkv")
        if p + "self_attn.q_norm.weight" in w:
            q, k = [norm(h, p + "self_attn.q_norm") for h in q], [norm(h, p + "self_attn.k_norm") for h in k]
        mixed = [attend(rotate(q[h], turn), rotate(k[h // group], turn), v[h // group], c["sliding_window"] if windowed else None,
                        c["query_pre_attn_scalar"], c.get("attn_logit_softcapping")) for h in range(len(q))]
        x = x + norm(torch.cat(mixed, dim=1) @ w[p + "self_attn.o_proj.weight"].T, p + "post_attention_layernorm")
        n = norm(x, p + "pre_feedforward_layernorm")
        u = n @ w[p + "mlp.gate_proj.weight"].T
        u = 0.5 * u * (1 + torch.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u ** 3)))
        made = (u * (n @ w[p + "mlp.up_proj.weight"].T)) @ w[p + "mlp.down_proj.weight"].T
        x = x + norm(made, p + "post_feedforward_layernorm")
    return soft(norm(x, "model.norm") @ w["model.embed_tokens.weight"].T, c.get("final_logit_softcapping"))


def layer_norm(x, w, b, eps):
    m = x.mean(1, keepdim=True)
    return (x - m) / torch.sqrt(((x - m) ** 2).mean(1, keepdim=True) + eps) * w + b


def gpt2(c, w, tokens):
    heads, dim = c["n_head"], c["n_embd"] // c["n_head"]
    x = w["transformer.wte.weight"][tokens] + w["transformer.wpe.weight"][: len(tokens)]
    for i in range(c["n_layer"]):
        p = f"transformer.h.{i}."
        n = layer_norm(x, w[p + "ln_1.weight"], w[p + "ln_1.bias"], c["layer_norm_epsilon"])
        q, k, v = (n @ w[p + "attn.c_attn.weight"] + w[p + "attn.c_attn.bias"]).split(c["n_embd"], dim=1)
        mixed = torch.cat([attend(q[:, h * dim:(h + 1) * dim], k[:, h * dim:(h + 1) * dim], v[:, h * dim:(h + 1) * dim]) for h in range(heads)], dim=1)
        x = x + mixed @ w[p + "attn.c_proj.weight"] + w[p + "attn.c_proj.bias"]
        n = layer_norm(x, w[p + "ln_2.weight"], w[p + "ln_2.bias"], c["layer_norm_epsilon"])
        u = n @ w[p + "mlp.c_fc.weight"] + w[p + "mlp.c_fc.bias"]
        u = 0.5 * u * (1 + torch.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u ** 3)))
        x = x + u @ w[p + "mlp.c_proj.weight"] + w[p + "mlp.c_proj.bias"]
    return layer_norm(x, w["transformer.ln_f.weight"], w["transformer.ln_f.bias"], c["layer_norm_epsilon"]) @ w["transformer.wte.weight"].T


def llama_weights(c, bias=False, qk_norm=False):
    h, d, f = c["hidden_size"], c["head_dim"], c["intermediate_size"]
    w = {"model.embed_tokens.weight": torch.randn(c["vocab_size"], h) * 0.5}
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        w[p + "input_layernorm.weight"] = 1 + 0.2 * torch.randn(h)
        for a, rows in (("q", c["num_attention_heads"] * d), ("k", c["num_key_value_heads"] * d), ("v", c["num_key_value_heads"] * d)):
            w[p + f"self_attn.{a}_proj.weight"] = torch.randn(rows, h) * 0.3
            if bias:
                w[p + f"self_attn.{a}_proj.bias"] = torch.randn(rows) * 0.3
            if qk_norm and a != "v":
                w[p + f"self_attn.{a}_norm.weight"] = 1 + 0.2 * torch.randn(d)
        w[p + "self_attn.o_proj.weight"] = torch.randn(h, c["num_attention_heads"] * d) * 0.3
        w[p + "post_attention_layernorm.weight"] = 1 + 0.2 * torch.randn(h)
        w[p + "mlp.gate_proj.weight"], w[p + "mlp.up_proj.weight"] = torch.randn(f, h) * 0.3, torch.randn(f, h) * 0.3
        w[p + "mlp.down_proj.weight"] = torch.randn(h, f) * 0.3
    w["model.norm.weight"] = 1 + 0.2 * torch.randn(h)
    if not c["tie_word_embeddings"]:
        w["lm_head.weight"] = torch.randn(c["vocab_size"], h) * 0.3
    return w


def olmo2_weights(c):
    w, out = llama_weights(c), {}
    for name, t in w.items():
        if "input_layernorm" not in name:
            out[name] = t
        if name.endswith("k_proj.weight"):
            p = name[:-len("k_proj.weight")]
            out[p + "q_norm.weight"] = 1 + 0.2 * torch.randn(c["num_attention_heads"] * c["head_dim"])
            out[p + "k_norm.weight"] = 1 + 0.2 * torch.randn(c["num_key_value_heads"] * c["head_dim"])
        if name.endswith("down_proj.weight"):
            out[name.replace("mlp.down_proj", "post_feedforward_layernorm")] = 1 + 0.2 * torch.randn(c["hidden_size"])
    return out


def phi3_weights(c):
    w = llama_weights(c)
    for i in range(c["num_hidden_layers"]):
        p = f"model.layers.{i}."
        w[p + "self_attn.qkv_proj.weight"] = torch.cat([w.pop(p + f"self_attn.{a}_proj.weight") for a in "qkv"])
        w[p + "mlp.gate_up_proj.weight"] = torch.cat([w.pop(p + f"mlp.{a}_proj.weight") for a in ("gate", "up")])
    return w


def gemma_weights(c, qk_norm=False):
    w = llama_weights(c, qk_norm=qk_norm)
    for name in [n for n in w if "norm" in n]:
        w[name] = w[name] - 1
    w["model.embed_tokens.weight"] *= 0.5  # the scale makes up for it
    for i in range(c["num_hidden_layers"]):
        for n in ("pre_feedforward_layernorm", "post_feedforward_layernorm"):
            w[f"model.layers.{i}.{n}.weight"] = 0.2 * torch.randn(c["hidden_size"])
    return w


def gpt2_weights(c):
    h = c["n_embd"]
    w = {"transformer.wte.weight": torch.randn(c["vocab_size"], h) * 0.5, "transformer.wpe.weight": torch.randn(c["n_positions"], h) * 0.3}
    for i in range(c["n_layer"]):
        p = f"transformer.h.{i}."
        for n in ("ln_1", "ln_2"):
            w[p + n + ".weight"], w[p + n + ".bias"] = 1 + 0.2 * torch.randn(h), 0.2 * torch.randn(h)
        for n, a, b in (("attn.c_attn", h, 3 * h), ("attn.c_proj", h, h), ("mlp.c_fc", h, 4 * h), ("mlp.c_proj", 4 * h, h)):
            w[p + n + ".weight"], w[p + n + ".bias"] = torch.randn(a, b) * 0.3, torch.randn(b) * 0.2
        w[p + "attn.bias"] = torch.tril(torch.ones(c["n_positions"], c["n_positions"])).view(1, 1, c["n_positions"], c["n_positions"])
    w["transformer.ln_f.weight"], w["transformer.ln_f.bias"] = 1 + 0.2 * torch.randn(h), 0.2 * torch.randn(h)
    return w


def shown(logits):
    return [[round(v, 6) for v in row] for row in logits.tolist()]


def make(name, config, weights, forward, steps=False):
    folder = os.path.join(OUT, name)
    os.makedirs(folder, exist_ok=True)
    tokens = torch.randint(0, config.get("text_config", config).get("vocab_size"), (12,)).tolist()
    numbers = {k: v.float() for k, v in weights.items()}
    expected = {"tokens": tokens, "logits": shown(forward(config, numbers, tokens))}
    if steps:  # five tokens at once, then one by one: each keeps the rotation of the text's length at that time
        expected["steps"] = shown(forward(config, numbers, tokens, [max(5, t + 1) for t in range(len(tokens))]))
    json.dump(config, open(os.path.join(folder, "config.json"), "w"), indent=1)
    save_safetensors(os.path.join(folder, "model.safetensors"), weights)
    json.dump(expected, open(os.path.join(folder, "expected.json"), "w"))


base = {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 61, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8, "max_position_embeddings": 64, "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0, "tie_word_embeddings": True, "hidden_act": "silu", "torch_dtype": "float32"}
make("llama", base, llama_weights(base), llama)
untied = {**base, "tie_word_embeddings": False, "num_key_value_heads": 1, "head_dim": 6, "rope_theta": 500000.0, "torch_dtype": "bfloat16",
          "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 16}}
make("llama3-bf16", untied, {k: v.bfloat16() for k, v in llama_weights(untied).items()}, llama)
mistral = {**base, "model_type": "mistral", "architectures": ["MistralForCausalLM"], "sliding_window": 4, "tie_word_embeddings": False, "torch_dtype": "float16"}
make("mistral-f16", mistral, {k: v.half() for k, v in llama_weights(mistral).items()}, llama)
qwen2 = {**base, "model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"], "rms_norm_eps": 1e-6}
make("qwen2", qwen2, llama_weights(qwen2, bias=True), llama)
qwen3 = {**base, "model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"], "head_dim": 10, "rms_norm_eps": 1e-6}
make("qwen3", qwen3, llama_weights(qwen3, qk_norm=True), llama)
g = {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "vocab_size": 61, "n_embd": 32, "n_head": 4, "n_layer": 2, "n_positions": 48,
     "layer_norm_epsilon": 1e-5, "activation_function": "gelu_new"}
make("gpt2", g, gpt2_weights(g), gpt2)
yarn = {**base, "head_dim": 16, "rope_theta": 1000.0, "max_position_embeddings": 64, "rope_scaling": {"rope_type": "yarn", "factor": 4.0,
        "original_max_position_embeddings": 16}}
make("llama-yarn", yarn, llama_weights(yarn), llama)
deep = {**yarn, "partial_rotary_factor": 0.5, "rope_scaling": {**yarn["rope_scaling"], "beta_fast": 2.0, "beta_slow": 0.25, "mscale": 0.7,
        "mscale_all_dim": 0.3}}
make("llama-yarn-mscale", deep, llama_weights(deep), llama)
dynamic = {**base, "max_position_embeddings": 7, "rope_scaling": {"rope_type": "dynamic", "factor": 4.0}}
make("llama-dynamic", dynamic, llama_weights(dynamic), llama, steps=True)
smol = {**base, "model_type": "smollm3", "architectures": ["SmolLM3ForCausalLM"], "num_hidden_layers": 4, "no_rope_layers": [1, 1, 1, 0],
        "rms_norm_eps": 1e-6}
make("smollm3", smol, llama_weights(smol), smollm3)
olmo = {**base, "model_type": "olmo2", "architectures": ["Olmo2ForCausalLM"], "tie_word_embeddings": False, "rms_norm_eps": 1e-6}
make("olmo2", olmo, olmo2_weights(olmo), olmo2)
phi = {**base, "model_type": "phi3", "architectures": ["Phi3ForCausalLM"], "tie_word_embeddings": False, "sliding_window": 7}
make("phi3", phi, phi3_weights(phi), phi3)
phi4 = {**phi, "head_dim": 8, "partial_rotary_factor": 0.75, "sliding_window": None, "tie_word_embeddings": True}
phi4 = {**phi4, "max_position_embeddings": 32, "original_max_position_embeddings": 7, "rope_scaling": {"rope_type": "longrope",
        "short_factor": [1.0, 1.1, 1.3], "long_factor": [1.0, 2.5, 9.0]}}
make("phi3-long", phi4, phi3_weights(phi4), phi3, steps=True)
gemma2 = {**base, "model_type": "gemma2", "architectures": ["Gemma2ForCausalLM"], "num_hidden_layers": 3, "head_dim": 10,
          "hidden_activation": "gelu_pytorch_tanh", "hidden_act": "gelu_pytorch_tanh", "query_pre_attn_scalar": 10, "sliding_window": 4,
          "layer_types": ["sliding_attention", "full_attention", "sliding_attention"],
          "attn_logit_softcapping": 5.0, "final_logit_softcapping": 3.0, "rms_norm_eps": 1e-6}
make("gemma2", gemma2, gemma_weights(gemma2), gemma)
uneven = {**gemma2, "query_pre_attn_scalar": 6.5, "num_hidden_layers": 2, "layer_types": ["full_attention", "sliding_attention"]}
make("gemma2-uneven", uneven, gemma_weights(uneven), gemma)
gemma3 = {**base, "model_type": "gemma3_text", "architectures": ["Gemma3ForCausalLM"], "num_hidden_layers": 6,
          "hidden_activation": "gelu_pytorch_tanh", "query_pre_attn_scalar": 8, "sliding_window": 4, "rope_theta": 1000000.0,
          "rope_local_base_freq": 10000.0, "layer_types": ["sliding_attention"] * 5 + ["full_attention"], "rms_norm_eps": 1e-6,
          "rope_scaling": {"rope_type": "linear", "factor": 8.0}}
del gemma3["hidden_act"]
make("gemma3", gemma3, gemma_weights(gemma3, qk_norm=True), gemma)

# The same sizes as Google's folders from 4B on lay them out: the text model inside, beside a vision tower that nobody reads.
text = {k: v for k, v in gemma3.items() if k not in ("architectures", "torch_dtype")}
vision = {"model_type": "gemma3", "architectures": ["Gemma3ForConditionalGeneration"], "torch_dtype": "float32", "text_config": text,
          "vision_config": {"model_type": "siglip_vision_model", "hidden_size": 8, "num_hidden_layers": 1}, "mm_tokens_per_image": 4,
          "eos_token_id": [1, 6]}
inner = {("language_model." + n): t for n, t in gemma_weights(gemma3, qk_norm=True).items()}
tower = {"vision_tower.vision_model.embeddings.position_embedding.weight": torch.randn(4, 8),
         "multi_modal_projector.mm_input_projection_weight": torch.randn(8, 32)}
make("gemma3-vision", vision, {**tower, **inner},
     lambda c, w, t: gemma(gemma3, {n.removeprefix("language_model."): v for n, v in w.items()}, t))

# Windows in some layers: from one on, or by name; of SmolLM3 with and without rotations.
some = {**qwen2, "num_hidden_layers": 3, "use_sliding_window": True, "sliding_window": 4, "max_window_layers": 1}
make("qwen2-window", some, llama_weights(some, bias=True), llama)
named = {**qwen3, "num_hidden_layers": 3, "use_sliding_window": True, "sliding_window": 3, "max_window_layers": 3,
         "layer_types": ["sliding_attention", "full_attention", "sliding_attention"]}
make("qwen3-window", named, llama_weights(named, qk_norm=True), llama)
smol4 = {**smol, "use_sliding_window": True, "sliding_window": 4, "no_rope_layers": [1, 0, 1, 0],
         "layer_types": ["sliding_attention", "sliding_attention", "full_attention", "full_attention"]}
make("smollm3-window", smol4, llama_weights(smol4), smollm3)
