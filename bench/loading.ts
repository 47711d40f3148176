// From the start of a process to a checkpoint's first hidden states: imports, tokenizer, weights from the cache, one sentence.
// The file is its own side.

import { type BenchOptions, denoSide, type Family, type Side } from "./runner.ts";
import { peakMemory, report, secondsSinceStart } from "./side.ts";

const CHECKPOINT = "sentence-transformers/all-MiniLM-L6-v2";
const SENTENCE = "The sailors rode the breeze clear of the rocks.";
const LOADING = "s to the first states";

export function loadingFamilies({ rounds = 5 }: BenchOptions): Family[] {
  const [ours, theirs] = [denoSide("this library", "loading.ts", [], { ATTEND_DEVICE: "cpu" }), pythonLoading()];
  const work = "loading all-MiniLM-L6-v2 in a new process, to its first states";
  return [{
    title: work,
    notes:
      "Imports, tokenizer, weights and one sentence of ten words. The first round may have to download; the median is from the cache.",
    needsHub: true,
    sides: [ours, theirs],
    rounds,
    bars: [{
      work,
      against: "Transformers in Python, imports included",
      ours: { side: ours, figure: LOADING },
      others: [{ side: theirs, figure: LOADING }],
      atMost: 1,
    }],
  }];
}

/** The same in Python. */
function pythonLoading(): Side {
  const program = `
import json, os, time
import torch
from transformers import AutoModel, AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("${CHECKPOINT}")
model = AutoModel.from_pretrained("${CHECKPOINT}")
with torch.no_grad():
    states = model(**tokenizer("${SENTENCE}", return_tensors="pt")).last_hidden_state
check = states.square().sum().item()
seconds = time.time() - int(os.environ["ATTEND_BENCH_STARTED"]) / 1000
print(json.dumps({"figures": {"${LOADING}": seconds}, "check": check, "note": "Transformers, CPU"}))`;
  const python = Deno.env.get("ATTEND_PYTHON");
  return {
    name: "Transformers",
    command: [python ?? "python", "-c", program],
    env: {},
    blocked: python ? undefined : "ATTEND_PYTHON is not set; let it name a Python that has PyTorch and Transformers",
  };
}

if (import.meta.main) {
  const { AutoModel, AutoTokenizer, device } = await import("lib"); // loading lib chooses a device, which the parent needs not
  const tokenizer = await AutoTokenizer.fromPretrained(CHECKPOINT);
  const model = (await AutoModel.fromPretrained(CHECKPOINT)).eval();
  const states = await model.forward(tokenizer([SENTENCE])).lastHiddenState.data();
  const check = Array.from(states).reduce((sum, value) => sum + value * value, 0);
  const { name, blas } = device();
  report({
    figures: { [LOADING]: secondsSinceStart(), ...peakMemory() },
    check,
    note: `${name}, ${blas ?? "no BLAS"}`,
  });
  Deno.exit(0);
}
