"""One training step in PyTorch + Transformers: forward, loss, backward, AdamW, with dropout 0.1.

usage: torch_step.py SIZE_AS_JSON STEPS WARM_UP THREADS [--fused]
"""

import json
import statistics
import sys
import time

import torch
from transformers import BertConfig, BertForSequenceClassification

from common import fill, report

size = json.loads(sys.argv[1])
steps, warm_up, threads = map(int, sys.argv[2:5])
torch.set_num_threads(threads)
torch.manual_seed(0)
model = BertForSequenceClassification(
    BertConfig(
        vocab_size=size["vocabulary"],
        hidden_size=size["hidden"],
        num_hidden_layers=size["layers"],
        num_attention_heads=size["heads"],
        intermediate_size=size["intermediate"],
        max_position_embeddings=512,
        num_labels=2,
    )
)
fill(model)
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5, fused="--fused" in sys.argv or None)
rows, columns = torch.arange(size["batch"])[:, None], torch.arange(size["length"])[None, :]
ids = 5 + (rows * 7919 + columns * 104729) % (size["vocabulary"] - 5)
batch = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "labels": torch.arange(size["batch"]) % 2}


def loss_without_dropout():
    model.eval()
    with torch.no_grad():
        loss = model(**batch).loss.item()
    model.train()
    return loss


before = loss_without_dropout()
times = []
for _ in range(warm_up + steps):
    start = time.perf_counter()
    optimizer.zero_grad()
    loss = model(**batch).loss
    loss.backward()
    optimizer.step()
    loss.item()
    times.append((time.perf_counter() - start) * 1e3)
after = loss_without_dropout()
assert after < before, f"The loss does not fall: {before} -> {after}."
report({"ms a step": statistics.median(times[warm_up:])}, before)
