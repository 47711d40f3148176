"""Passes over CoLA's validation split with all-MiniLM-L6-v2 in PyTorch: padded batches of 64, no gradients, logits and loss.

usage: torch_eval.py PASSES THREADS
"""

import statistics
import sys
import time

import torch
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding

from common import fill, report

CHECKPOINT = "sentence-transformers/all-MiniLM-L6-v2"
passes, threads = map(int, sys.argv[1:3])
torch.set_num_threads(threads)
rows = load_dataset("nyu-mll/glue", "cola")["validation"]
tokenizer = AutoTokenizer.from_pretrained(CHECKPOINT)
encoded = tokenizer(list(rows["sentence"]), truncation=True)
examples = [{**{key: encoded[key][i] for key in encoded}, "labels": label} for i, label in enumerate(rows["label"])]
model = AutoModelForSequenceClassification.from_pretrained(CHECKPOINT, num_labels=2).eval()
fill(model, "classifier")
loader = torch.utils.data.DataLoader(examples, batch_size=64, collate_fn=DataCollatorWithPadding(tokenizer))

times = []
for _ in range(1 + passes):
    start = time.perf_counter()
    logits, losses = [], []
    with torch.inference_mode():
        for batch in loader:
            output = model(**batch)
            logits.append(output.logits.numpy())
            losses.append(output.loss.item() * len(batch["labels"]))
    times.append(time.perf_counter() - start)
report({"s a pass": statistics.median(times[1:])}, sum(losses) / len(examples))
