"""Prints as JSON what one call of each operation costs in Python, in microseconds, and the sum of its result."""
import json
import sys
import time

import torch

torch.set_num_threads(1)
batches, calls = int(sys.argv[1]), int(sys.argv[2])

vector = torch.arange(16, dtype=torch.float32) / 16
square = torch.arange(256, dtype=torch.float32).reshape(16, 16) / 256


def rms_norm():
    return square * square.pow(2).mean(-1, keepdim=True).add(1e-5).rsqrt()


cases = {
    "add(16)": lambda: vector + vector,
    "matmul 16x16": lambda: square.matmul(square),
    "view": lambda: square.view(4, 64),
    "narrow": lambda: square.narrow(1, 2, 4),
    "[:, 2:6]": lambda: square[:, 2:6],
    "softmax": lambda: square.softmax(-1),
    "RMSNorm of five ops": rms_norm,
}


def microseconds(call):
    """The fastest batch's time per call: what other processes add is not the call's."""
    best = float("inf")
    for _ in range(batches):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        best = min(best, time.perf_counter() - start)
    return best / calls * 1e6


print(json.dumps({name: {"microseconds": microseconds(call), "sum": call().sum().item()} for name, call in cases.items()}))
