"""What the Python sides share: the weights that every side starts from (../weights.ts), peak memory, and the result's line."""

import json
import re

import numpy as np
import torch


def initial_values(name, shape):
    """The values of the parameter `name`: ones for LayerNorm's weight, zeros for biases, else a hash of name and place."""
    if name.endswith("LayerNorm.weight"):
        return torch.ones(shape)
    if name.endswith("bias"):
        return torch.zeros(shape)
    seed = 2166136261
    for letter in name:
        seed = ((seed ^ ord(letter)) * 16777619) % 2**32
    x = np.arange(np.prod(shape), dtype=np.uint32) * np.uint32(2654435761) + np.uint32(seed)
    x = (x ^ (x >> 15)) * np.uint32(0x2C1B3C6D)
    x = (x ^ (x >> 12)) * np.uint32(0x297A2D39)
    x = x ^ (x >> 15)
    values = ((x >> 8) / 2.0**24 - 0.5) * (2 * np.sqrt(3) * 0.03)
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def fill(model, prefix=""):
    """Gives the parameters whose names begin so the values that every side starts from."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.startswith(prefix):
                parameter.copy_(initial_values(name, tuple(parameter.shape)))


def peak_memory():
    """The most memory this process ever held. Not getrusage: its figure starts from the parent's."""
    try:
        status = open("/proc/self/status").read()
    except OSError:
        return {}
    return {"peak MB": int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024 / 1e6}


def report(figures, check, note=""):
    note = f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads{note}"
    print(json.dumps({"figures": {**figures, **peak_memory()}, "check": check, "note": note}), flush=True)
