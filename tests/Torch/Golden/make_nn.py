#!/usr/bin/env python3
"""Makes nn.json beside this script: what PyTorch computes for nn, nn.init and optim.

Remake with Debian's PyTorch 1.13: /usr/bin/python3 make_nn.py
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
generator = torch.Generator().manual_seed(20)


def draw(*shape):
    return torch.randn(shape, generator=generator)


def write(tensor):
    tensor = tensor.detach()
    kind = {torch.float32: "float32", torch.int64: "int64", torch.bool: "bool"}[tensor.dtype]
    return {"dtype": kind, "shape": list(tensor.shape), "data": tensor.flatten().tolist()}


def function(compute, **inputs):
    """The result, and the gradient of the sum of result x upstream by every float input."""
    inputs = {name: value.clone().requires_grad_(value.is_floating_point()) for name, value in inputs.items()}
    output = compute(**inputs)
    case = {"inputs": {name: write(value) for name, value in inputs.items()}, "output": write(output)}
    if output.requires_grad:
        upstream = draw(*output.shape)
        (output * upstream).sum().backward()
        case["upstream"] = write(upstream)
        case["gradients"] = {name: write(value.grad) for name, value in inputs.items() if value.grad is not None}
    return case


def attention(query, key, value, mask=None):
    """Vaswani et al. 2017, equation 1, written out."""
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else scores + mask
    return scores.softmax(-1) @ value


def causal(query, key, value):
    return attention(query, key, value, torch.ones(query.shape[-2], key.shape[-2], dtype=torch.bool).tril())


x, logits, classes = draw(2, 3, 4), draw(4, 5), torch.tensor([0, 4, 2, 2])
holes, spatial = torch.tensor([0, -100, 2, 4]), draw(2, 5, 3)
cube = torch.tensor([[0, 1, 2], [4, 3, 1]])
class_weights = draw(5).abs()
query, key, value = draw(1, 2, 3, 4), draw(1, 2, 5, 4), draw(1, 2, 5, 4)
keep = torch.tensor([[True, True, False, False, True], [True, False, True, False, False], [True, True, True, True, True]])
rows = torch.tensor([[1, 0], [3, 1]])

functions = {
    "linear": function(lambda x, weight, bias: F.linear(x, weight, bias), x=x, weight=draw(5, 4), bias=draw(5)),
    "linear without bias": function(lambda x, weight: F.linear(x, weight), x=x, weight=draw(5, 4)),
    "layer_norm": function(lambda x, weight, bias: F.layer_norm(x, (4,), weight, bias), x=x, weight=draw(4), bias=draw(4)),
    "layer_norm plain over two axes": function(lambda x: F.layer_norm(x, (3, 4), eps=1e-3), x=x),
    "attention": function(attention, query=query, key=key, value=value),
    "attention causal": function(causal, query=query, key=key, value=value),
    "attention bool mask": function(attention, query=query, key=key, value=value, mask=keep),
    "attention float mask": function(attention, query=query, key=key, value=value, mask=draw(3, 5)),
    "cross_entropy": function(lambda x, y: F.cross_entropy(x, y), x=logits, y=classes),
    "cross_entropy sum": function(lambda x, y: F.cross_entropy(x, y, reduction="sum"), x=logits, y=classes),
    "cross_entropy none": function(lambda x, y: F.cross_entropy(x, y, reduction="none"), x=logits, y=classes),
    "cross_entropy holes": function(lambda x, y: F.cross_entropy(x, y), x=logits, y=holes),
    "cross_entropy ignore 2": function(lambda x, y: F.cross_entropy(x, y, ignore_index=2), x=logits, y=classes),
    "cross_entropy weighted": function(lambda x, y, w: F.cross_entropy(x, y, w.detach()), x=logits, y=classes, w=class_weights),
    "cross_entropy smoothed": function(lambda x, y: F.cross_entropy(x, y, label_smoothing=0.1), x=logits, y=classes),
    "cross_entropy probabilities": function(lambda x, y: F.cross_entropy(x, y.detach()), x=logits, y=draw(4, 5).softmax(1)),
    "cross_entropy spatial": function(lambda x, y: F.cross_entropy(x, y), x=spatial, y=cube),
    "nll_loss": function(lambda x, y: F.nll_loss(x, y), x=logits.log_softmax(1), y=holes),
    "nll_loss weighted sum": function(lambda x, y, w: F.nll_loss(x, y, w.detach(), reduction="sum"), x=logits.log_softmax(1), y=classes, w=class_weights),
    "nll_loss none": function(lambda x, y: F.nll_loss(x, y, reduction="none"), x=spatial.log_softmax(1), y=cube),
    "mse_loss": function(lambda x, y: F.mse_loss(x, y), x=logits, y=draw(4, 5)),
    "mse_loss sum": function(lambda x, y: F.mse_loss(x, y, reduction="sum"), x=logits, y=draw(4, 5)),
    "mse_loss none": function(lambda x, y: F.mse_loss(x, y, reduction="none"), x=logits, y=draw(4, 5)),
    "silu": function(lambda x: F.silu(x), x=x),
    "gelu": function(lambda x: F.gelu(x), x=x),
    "gelu tanh": function(lambda x: F.gelu(x, approximate="tanh"), x=x),
    "relu": function(lambda x: F.relu(x), x=x),
    "softmax": function(lambda x: F.softmax(x, 1), x=x),
    "log_softmax": function(lambda x: F.log_softmax(x, -1), x=x),
    "one_hot": function(lambda x: F.one_hot(x), x=rows),
    "one_hot of 6": function(lambda x: F.one_hot(x, 6), x=rows),
    "cosine_similarity": function(lambda x, y: F.cosine_similarity(x, y), x=draw(3, 4), y=draw(3, 4)),
    "cosine_similarity broadcast": function(lambda x, y: F.cosine_similarity(x, y, dim=-1), x=draw(3, 4), y=draw(1, 4)),
    "embedding": function(lambda weight, x: F.embedding(x, weight), weight=draw(4, 3), x=rows),
    "embedding padded": function(lambda weight, x: F.embedding(x, weight, padding_idx=1), weight=draw(4, 3), x=rows),
}


def seeded(make):
    torch.manual_seed(5)
    return write(make())


linear = lambda: torch.nn.Linear(4, 3)
init = {
    "Linear weight": seeded(lambda: linear().weight),
    "Linear bias": seeded(lambda: linear().bias),
    "Embedding": seeded(lambda: torch.nn.Embedding(5, 3, padding_idx=2).weight),
    "normal_": seeded(lambda: torch.nn.init.normal_(torch.empty(2, 3), 1, 0.02)),
    "uniform_": seeded(lambda: torch.nn.init.uniform_(torch.empty(2, 3), -2, 2)),
    "xavier_uniform_": seeded(lambda: torch.nn.init.xavier_uniform_(torch.empty(4, 3, 2), 1.5)),
    "kaiming_uniform_": seeded(lambda: torch.nn.init.kaiming_uniform_(torch.empty(4, 3), mode="fan_out", nonlinearity="relu")),
}

start = {"weight": draw(3, 2), "bias": draw(3)}
data, wanted = draw(8, 2), draw(8, 3)


def descend(make):
    """The parameters after each of 20 steps on the squared error of one linear map."""
    parameters = [value.clone().requires_grad_() for value in start.values()]
    optimizer, steps = make(parameters), []
    for _ in range(20):
        optimizer.zero_grad(set_to_none=False)
        F.mse_loss(F.linear(data, *parameters), wanted).backward()
        optimizer.step()
        steps.append([write(parameter) for parameter in parameters])
    return steps


AdamW, SGD = torch.optim.AdamW, torch.optim.SGD
optimizers = {
    "start": [write(value) for value in start.values()],
    "data": write(data),
    "wanted": write(wanted),
    "steps": {
        "AdamW": descend(lambda p: AdamW(p, weight_decay=0)),
        "AdamW decay": descend(lambda p: AdamW(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)),
        "AdamW amsgrad": descend(lambda p: AdamW(p, lr=0.1, weight_decay=0, amsgrad=True)),
        "AdamW maximize": descend(lambda p: AdamW(p, lr=0.01, weight_decay=0, maximize=True)),
        "AdamW groups": descend(lambda p: AdamW([{"params": [p[0]], "weight_decay": 0.1}, {"params": [p[1]], "lr": 0.1}], lr=0.02, weight_decay=0)),
        "SGD": descend(lambda p: SGD(p, lr=0.1)),
        "SGD momentum": descend(lambda p: SGD(p, lr=0.1, momentum=0.9, dampening=0.1)),
        "SGD nesterov decay": descend(lambda p: SGD(p, lr=0.05, momentum=0.8, weight_decay=0.1, nesterov=True)),
        "SGD maximize": descend(lambda p: SGD(p, lr=0.01, maximize=True)),
    },
}


def clip(gradients, bound, norm_type):
    parameters = [torch.zeros_like(value).requires_grad_() for value in gradients]
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = gradient.clone()
    norm = torch.nn.utils.clip_grad_norm_(parameters, bound, norm_type)
    return {"bound": bound, "type": str(norm_type), "norm": norm.item(), "gradients": [write(p.grad) for p in parameters]}


raw = [draw(3, 2), draw(4)]
clipping = {
    "gradients": [write(value) for value in raw],
    "cases": [clip(raw, *case) for case in [(1.0, 2.0), (100.0, 2.0), (0.5, 1.0), (0.25, math.inf), (2.0, 3.0)]],
}


class Layer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = torch.nn.LayerNorm(4)
        self.scale = torch.nn.Parameter(torch.ones(4))
        self.up = torch.nn.Linear(4, 8, bias=False)
        self.down = torch.nn.Linear(8, 4)


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(5, 4)
        self.layers = torch.nn.ModuleList([Layer(), Layer()])
        self.head = torch.nn.Linear(4, 5, bias=False)


names = {"state_dict": list(Model().state_dict())}

target = pathlib.Path(__file__).with_name("nn.json")
target.write_text(json.dumps({
    "origin": f"PyTorch {torch.__version__}, CPU; remake with make_nn.py",
    "functions": functions, "init": init, "optimizers": optimizers, "clipping": clipping, "names": names,
}, separators=(",", ":")) + "\n")
print(target, target.stat().st_size, "bytes")
