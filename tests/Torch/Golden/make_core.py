"""Writes core.json: what Debian's PyTorch (1.13) computes for the cases that TensorGoldenTests.cs computes too.

Run with: /usr/bin/python3 tests/Torch/Golden/make_core.py
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(20240607)
torch.set_num_threads(1)

DTYPES = {
    torch.uint8: "Byte", torch.int8: "Int8", torch.int16: "Int16", torch.int32: "Int32", torch.int64: "Int64",
    torch.float16: "Float16", torch.float32: "Float32", torch.float64: "Float64", torch.bool: "Bool",
    torch.bfloat16: "BFloat16", torch.complex64: "ComplexFloat32",
}

x = torch.randn(3, 4)
y = torch.randn(3, 4)
p = torch.rand(3, 4) + 0.1
m = torch.randn(4, 5)
b1 = torch.randn(2, 3, 4)
b2 = torch.randn(2, 4, 5)
v = torch.randn(4)
w = torch.randn(3)
i = torch.tensor([[3, 1, -2], [9, -7, 5]])
j = torch.tensor([[2, -3, 4], [2, 2, -2]])
k = torch.tensor([[True, False, True, False], [False, False, True, True], [True, True, False, False]])
pick = torch.tensor([2, 0])
at = torch.tensor([[0, 2, 1, 0], [1, 1, 2, 2]])
q = torch.randn(1, 2, 3, 4)
kk = torch.randn(1, 2, 3, 4)
vv = torch.randn(1, 2, 3, 4)
INPUTS = dict(x=x, y=y, p=p, m=m, b1=b1, b2=b2, v=v, w=w, i=i, j=j, k=k, pick=pick, at=at, q=q, kk=kk, vv=vv)


def grad_of(function):
    leaf = x.clone().requires_grad_()
    function(leaf).backward()
    return leaf.grad


CASES = {
    # element by element
    "abs": x.abs(), "neg": -x, "exp": x.exp(), "log": p.log(), "log2": p.log2(), "log1p": p.log1p(), "sqrt": p.sqrt(),
    "rsqrt": p.rsqrt(), "reciprocal": p.reciprocal(), "sin": x.sin(), "cos": x.cos(), "tan": x.tan(), "tanh": x.tanh(),
    "sigmoid": x.sigmoid(), "relu": x.relu(), "silu": F.silu(x), "gelu": F.gelu(x), "erf": x.erf(), "floor": x.floor(),
    "ceil": x.ceil(), "round": x.round(), "round2": x.round(decimals=2), "trunc": x.trunc(), "sign": x.sign(),
    "square": x.square(), "softplus": F.softplus(x),
    # arithmetic and dtype promotion
    "add": x + y, "add_alpha": torch.add(x, y, alpha=3), "sub": x - y, "mul": x * y, "div": x / p, "pow": p ** x,
    "pow_scalar": x ** 2, "add_scalar": x + 2.5, "rsub": 1 - x, "rdiv": 2 / p, "mul_broadcast": x * v,
    "int_plus_float": i + 0.5, "int_div_int": i / j, "int_trunc": torch.div(i, j, rounding_mode="trunc"),
    "int_floor": torch.div(i, j, rounding_mode="floor"), "int_remainder": i % j, "int_fmod": torch.fmod(i, j),
    "int32_plus_int64": i.int() + j, "bool_plus_int": k.long() + k, "half_plus_float": x.half().float() + x.bfloat16().float(),
    "bfloat16_mul": x.bfloat16() * y.bfloat16(), "float_double": x + y.double(), "maximum": torch.maximum(x, y),
    "minimum": torch.minimum(x, y), "clamp": x.clamp(-0.5, 0.5), "clamp_min": x.clamp(min=0.1), "lerp": torch.lerp(x, y, p),
    "addcmul": torch.addcmul(x, y, p, value=0.5), "addcdiv": torch.addcdiv(x, y, p, value=0.5), "atan2": torch.atan2(x, y),
    # comparison and logic
    "eq": i == j, "ne": i != j, "lt": x < y, "le": x <= 0, "gt": x > y, "ge": x >= 0.25, "and": k & (x > 0), "or": k | (x > 0),
    "xor": k ^ (x > 0), "not": ~k, "logical_and": torch.logical_and(i, j), "logical_not": torch.logical_not(i),
    "where": torch.where(k, x, y), "isclose": torch.isclose(x, x + 1e-9), "isfinite": torch.isfinite(x / 0),
    # shape
    "reshape": x.reshape(2, -1), "permute": b1.permute(2, 0, 1), "transpose": b1.transpose(1, 2), "T": m.T,
    "expand": w.reshape(3, 1).expand(3, 4), "unsqueeze": x.unsqueeze(1), "squeeze": x.unsqueeze(1).squeeze(), "flatten": b1.flatten(1),
    "chunk1": x.chunk(3, 1)[1], "split2": torch.split(m, [1, 3, 1], 1)[1], "unbind": x.unbind(1)[2], "narrow": x.narrow(1, 1, 2),
    "slice": m[0:4:2], "repeat": w.repeat(2, 2), "repeat_interleave": w.repeat_interleave(2), "flip": x.flip(1),
    "roll": x.roll(1, 1), "tril": x.tril(), "triu": x.triu(1), "cat": torch.cat([x, y], 1), "stack": torch.stack([x, y], 1),
    "diagonal": m.diagonal(), "unfold": v.unfold(0, 2, 1), "tile": w.tile(2, 1), "movedim": b1.movedim([0], [2]),
    # indexing
    "index_row": x[1], "index_cell": x[2, 3], "index_slice": x[:, 1:3], "index_ellipsis": b1[..., 2], "index_none": w[:, None],
    "index_tensor": x[pick], "index_mask": x[k], "index_step": x[:, 0:4:2], "index_negative": x[-1, -2:], "index_select": x.index_select(0, pick),
    "gather": x.gather(0, at), "scatter": torch.zeros(3, 4).scatter(0, at, x[0:2]), "scatter_add": torch.ones(3, 4).scatter_add(0, at, x[0:2]),
    "index_add": torch.zeros(3, 4).index_add(0, pick, x[0:2], alpha=2), "index_copy": torch.zeros(3, 4).index_copy(0, pick, x[0:2]),
    "masked_fill": x.masked_fill(k, -9.0), "masked_select": x.masked_select(k), "take": x.take(pick),
    # reduction and order
    "sum": x.sum(), "sum_dim": x.sum(1), "sum_keep": x.sum(0, keepdim=True), "sum_int": i.int().sum(), "mean": x.mean(), "mean_dim": x.mean([-1], keepdim=True),
    "var": x.var(), "var_dim": x.var(1, unbiased=False), "std": x.std(), "std_dim": x.std(0), "prod": p.prod(), "max": x.max(), "min": x.min(),
    "max_dim": x.max(1)[0], "max_where": x.max(1)[1], "amax": x.amax([0, 1]), "argmax": x.argmax(), "argmax_dim": x.argmax(1), "argmin_dim": x.argmin(0),
    "all": k.all(), "any_dim": k.any(1), "norm": x.norm(), "norm_dim": x.norm(dim=1), "cumsum": x.cumsum(1), "logsumexp": x.logsumexp(1),
    "softmax": x.softmax(1), "softmax_double": x.softmax(0, dtype=torch.float64), "log_softmax": x.log_softmax(-1), "topk": x.topk(2, 1)[0],
    "topk_where": x.topk(2, 1)[1], "sort": x.sort(1, descending=True)[0], "argsort": x.argsort(1), "bincount": torch.tensor([1, 1, 3]).bincount(),
    "count_nonzero": k.count_nonzero(), "nonzero": k.nonzero(),
    # products
    "matmul": x @ m, "matmul_vector": x @ v, "matmul_batch": b1 @ m, "mm": x.mm(m), "bmm": b1.bmm(b2), "outer": torch.outer(w, v), "dot": v.dot(v),
    "einsum": torch.einsum("bij,bjk->bki", b1, b2), "addmm": torch.addmm(torch.ones(3, 5), x, m, beta=2, alpha=0.5),
    "baddbmm": torch.baddbmm(torch.ones(2, 3, 5), b1, b2, beta=2, alpha=0.5), "matmul_bfloat16": x.bfloat16() @ m.bfloat16(),
    "trace": m[:4, :4].trace(), "hstack": torch.hstack([x, y]), "vstack": torch.vstack([v, v]), "svdvals": torch.linalg.svdvals(x),
    "svd": (lambda u, s, vh: u @ torch.diag(s) @ vh)(*torch.linalg.svd(x, full_matrices=False)),
    "eigh": torch.linalg.eigh(x @ x.T)[0], "vector_norm": torch.linalg.vector_norm(x, 1, dim=[0]), "median": x.median(),
    # complex numbers
    "polar": torch.view_as_real(torch.polar(p, x)), "view_as_complex": torch.view_as_real(torch.view_as_complex(x.reshape(3, 2, 2)) * 2j),
    # creation
    "arange": torch.arange(2, 11, 3), "arange_float": torch.arange(0, 1, 0.25), "linspace": torch.linspace(-1, 1, 5), "eye": torch.eye(2, 3),
    "full": torch.full((2, 2), 7), "full_float": torch.full((2, 2), 1.5),
    # gradients
    "grad_softmax": grad_of(lambda t: (t.softmax(1) * y).sum()), "grad_matmul": grad_of(lambda t: (t @ m).pow(2).sum()),
    "grad_index": grad_of(lambda t: t[pick].sum()), "grad_norm": grad_of(lambda t: (t * t.pow(2).mean(-1, keepdim=True).rsqrt() * v).sum()),
}


def described(tensor):
    return {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "values": tensor.detach().double().reshape(-1).tolist()}


document = {
    "origin": f"PyTorch {torch.__version__} (Debian), tests/Torch/Golden/make_core.py",
    "inputs": {name: described(tensor) for name, tensor in INPUTS.items()},
    "cases": {name: described(tensor) for name, tensor in CASES.items()},
}
path = pathlib.Path(__file__).with_name("core.json")
lines = [f'"origin": {json.dumps(document["origin"])}']
for part in ("inputs", "cases"):
    entries = ",\n".join(f"    {json.dumps(name)}: {json.dumps(entry)}" for name, entry in document[part].items())
    lines.append(f'"{part}": {{\n{entries}\n  }}')
path.write_text("{\n  " + ",\n  ".join(lines) + "\n}\n")
