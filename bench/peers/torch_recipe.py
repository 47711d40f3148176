"""One epoch of CoLA with all-MiniLM-L6-v2 in Transformers' Trainer on the CPU.

usage: torch_recipe.py SENTENCES (0: all) THREADS
"""

import sys
import tempfile
import time

import torch
from datasets import load_dataset
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)

from common import fill, report

CHECKPOINT = "sentence-transformers/all-MiniLM-L6-v2"
sentences, threads = map(int, sys.argv[1:3])
torch.set_num_threads(threads)
rows = load_dataset("nyu-mll/glue", "cola")["train"]
rows = rows.select(range(sentences)) if sentences else rows
tokenizer = AutoTokenizer.from_pretrained(CHECKPOINT)
rows = rows.map(lambda batch: tokenizer(batch["sentence"], truncation=True), batched=True)
torch.manual_seed(0)
model = AutoModelForSequenceClassification.from_pretrained(CHECKPOINT, num_labels=2)
fill(model, "classifier")


class Clock(TrainerCallback):
    def on_epoch_begin(self, *args, **kwargs):
        self.start = time.perf_counter()

    def on_epoch_end(self, *args, **kwargs):
        self.seconds = time.perf_counter() - self.start


clock = Clock()
trainer = Trainer(
    model=model,
    args=TrainingArguments(
        output_dir=tempfile.mkdtemp(),
        num_train_epochs=1,
        learning_rate=5e-5,
        weight_decay=0.01,
        per_device_train_batch_size=16,
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        disable_tqdm=True,
        seed=0,
    ),
    train_dataset=rows,
    data_collator=DataCollatorWithPadding(tokenizer),
    callbacks=[clock],
)
result = trainer.train()
tokens = sum(len(ids) for ids in rows["input_ids"])
report({"s an epoch": clock.seconds}, tokens, f"; {result.global_step} steps, mean loss {result.training_loss:.3f}")
