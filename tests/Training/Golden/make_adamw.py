"""Makes tests/Training/Golden/adamw.json: ten steps of PyTorch's AdamW on a matrix (decayed) and a vector (not decayed), with a
rate that changes at every step. Run with Debian's python3-torch:  /usr/bin/python3 tests/Training/Golden/make_adamw.py
"""
import json, os, torch

torch.manual_seed(3)
matrix, vector = torch.randn(3, 4), torch.randn(5)
grads = [(torch.randn(3, 4), torch.randn(5)) for _ in range(10)]
rates = [0.01 * (i + 1) for i in range(10)]
m, v = torch.nn.Parameter(matrix.clone()), torch.nn.Parameter(vector.clone())
optimizer = torch.optim.AdamW([{"params": [m], "weight_decay": 0.1}, {"params": [v], "weight_decay": 0.0}], betas=(0.9, 0.95), eps=1e-8)
for (gm, gv), rate in zip(grads, rates):
    m.grad, v.grad = gm.clone(), gv.clone()
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
flat = lambda t: t.detach().flatten().tolist()
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "adamw.json")
json.dump({"matrix": flat(matrix), "vector": flat(vector), "rates": rates, "matrixGrads": [flat(a) for a, _ in grads],
           "vectorGrads": [flat(b) for _, b in grads], "matrixAfter": flat(m), "vectorAfter": flat(v)}, open(out, "w"))
