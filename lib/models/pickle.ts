// Python's pickle, as far as weights need it: a stack machine that builds plain values. It runs no code: the only things that can be
// called are the builders it is given by name, and whatever else a pickle asks for is an error that names it.
// Source: the opcodes of CPython's Lib/pickletools.py, and the ones among them that torch's weights_only loading knows.

import { damaged } from "./stored_tensor.ts";

export interface PickleContext {
  /** The file, for messages. */
  readonly name: string;
  /** What a pickle may ask for, by `module.name`. A builder can be called, any other value only be referred to. */
  readonly globals: ReadonlyMap<string, unknown>;
  /** The value of a persistent id: for torch, a storage that lies elsewhere in the file. */
  persistentLoad(id: unknown): unknown;
}

/** The end of the bytes came before the end of the pickle. */
export class PickleTooShort extends RangeError {}

/**
 * Reads one pickle: dicts become Maps, lists and tuples arrays, None null, ints numbers, or bigints beyond 2^53.
 * @returns the value, and the byte behind the pickle
 * @throws PickleTooShort, RangeError where it is damaged, TypeError where it asks for something else than plain values
 */
export function readPickle(bytes: Uint8Array, context: PickleContext, start = 0): { value: unknown; end: number } {
  const machine = new Machine(bytes, context, start);
  while (true) {
    const opcode = machine.byte();
    if (opcode === STOP) return { value: machine.pop(), end: machine.at };
    const step = STEPS[opcode];
    if (!step) {
      const shown = `0x${opcode.toString(16).padStart(2, "0")}`;
      throw machine.damaged(`byte ${machine.at - 1} is the opcode ${shown}, which weights do not need`);
    }
    step(machine);
  }
}

class Machine {
  readonly stack: unknown[] = [];
  readonly memo = new Map<number, unknown>();
  /** Where in the stack the open lists of items begin. */
  readonly #marks: number[] = [];
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array, readonly context: PickleContext, public at: number) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.#take(1, (at) => this.#view.getUint8(at));
  }

  uint16(): number {
    return this.#take(2, (at) => this.#view.getUint16(at, true));
  }

  int32(): number {
    return this.#take(4, (at) => this.#view.getInt32(at, true));
  }

  uint32(): number {
    return this.#take(4, (at) => this.#view.getUint32(at, true));
  }

  float64(): number {
    return this.#take(8, (at) => this.#view.getFloat64(at, false));
  }

  /** A little-endian integer in two's complement. */
  long(length: number): number | bigint {
    return this.#take(length, (at) => {
      let value = 0n;
      for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[at + i]);
      value = BigInt.asIntN(8 * length, value);
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    });
  }

  text(length: number): string {
    return this.#take(length, (at) => UTF8.decode(this.bytes.subarray(at, at + length)));
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end === -1) throw this.#tooShort();
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length <= (this.#marks.at(-1) ?? 0)) throw this.damaged("a value is missing");
    return this.stack.pop();
  }

  /** The topmost value, left where it is. */
  top(): unknown {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.#marks.push(this.stack.length);
  }

  /** What was pushed since the last mark, in order. */
  items(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.damaged("a list of items has no beginning");
    return this.stack.splice(mark);
  }

  recall(index: number): void {
    if (!this.memo.has(index)) throw this.damaged(`it refers to value ${index}, which there is not`);
    this.push(this.memo.get(index));
  }

  stackGlobal(): void {
    const name = this.pop(), module = this.pop();
    if (typeof name !== "string" || typeof module !== "string") throw this.damaged("the name of a global is no text");
    this.global(module, name);
  }

  global(module: string, name: string): void {
    const asked = `${module}.${name}`;
    if (!this.context.globals.has(asked)) {
      throw new TypeError(
        `${this.context.name}: its pickle asks for "${asked}"; only tensors are read from such a file, and no code of it is run.`,
      );
    }
    this.push(this.context.globals.get(asked));
  }

  call(): void {
    const args = this.pop(), builder = this.pop();
    if (typeof builder !== "function" || !Array.isArray(args)) throw this.damaged("it calls what cannot be called");
    this.push(builder(args));
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.damaged("it appends to something that is no list");
    for (const value of values) list.push(value);
  }

  setItems(items: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || items.length % 2 !== 0) throw this.damaged("it fills something that is no dict");
    for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
  }

  /** Attributes of a dict (`_metadata` of a state dict) are of no use here. */
  build(): void {
    this.pop();
    if (!(this.top() instanceof Map)) throw this.damaged("it sets attributes of something that is no dict");
  }

  damaged(what: string): RangeError {
    return damaged(this.context.name, what);
  }

  #take<T>(length: number, read: (at: number) => T): T {
    if (this.at + length > this.bytes.length) throw this.#tooShort();
    const value = read(this.at);
    this.at += length;
    return value;
  }

  #tooShort(): PickleTooShort {
    return new PickleTooShort(`${this.context.name}: its pickle has no end; the file is damaged, fetch it again.`);
  }
}

const STOP = 0x2e;
const UTF8 = new TextDecoder();

const STEPS: Readonly<Record<number, (machine: Machine) => void>> = {
  [0x80]: (m) => void m.byte(), // PROTO
  [0x95]: (m) => void m.long(8), // FRAME
  [0x28]: (m) => m.mark(), // MARK
  [0x30]: (m) => void m.pop(), // POP
  [0x4e]: (m) => m.push(null), // NONE
  [0x88]: (m) => m.push(true), // NEWTRUE
  [0x89]: (m) => m.push(false), // NEWFALSE
  [0x4a]: (m) => m.push(m.int32()), // BININT
  [0x4b]: (m) => m.push(m.byte()), // BININT1
  [0x4d]: (m) => m.push(m.uint16()), // BININT2
  [0x8a]: (m) => m.push(m.long(m.byte())), // LONG1
  [0x47]: (m) => m.push(m.float64()), // BINFLOAT
  [0x58]: (m) => m.push(m.text(m.uint32())), // BINUNICODE
  [0x8c]: (m) => m.push(m.text(m.byte())), // SHORT_BINUNICODE
  [0x54]: (m) => m.push(m.text(m.uint32())), // BINSTRING
  [0x55]: (m) => m.push(m.text(m.byte())), // SHORT_BINSTRING
  [0x5d]: (m) => m.push([]), // EMPTY_LIST
  [0x61]: (m) => m.append([m.pop()]), // APPEND
  [0x65]: (m) => m.append(m.items()), // APPENDS
  [0x29]: (m) => m.push([]), // EMPTY_TUPLE
  [0x74]: (m) => m.push(m.items()), // TUPLE
  [0x85]: (m) => m.push([m.pop()]), // TUPLE1
  [0x86]: (m) => m.push([m.pop(), m.pop()].reverse()), // TUPLE2
  [0x87]: (m) => m.push([m.pop(), m.pop(), m.pop()].reverse()), // TUPLE3
  [0x7d]: (m) => m.push(new Map()), // EMPTY_DICT
  [0x73]: (m) => m.setItems([m.pop(), m.pop()].reverse()), // SETITEM
  [0x75]: (m) => m.setItems(m.items()), // SETITEMS
  [0x71]: (m) => void m.memo.set(m.byte(), m.top()), // BINPUT
  [0x72]: (m) => void m.memo.set(m.uint32(), m.top()), // LONG_BINPUT
  [0x94]: (m) => void m.memo.set(m.memo.size, m.top()), // MEMOIZE
  [0x68]: (m) => m.recall(m.byte()), // BINGET
  [0x6a]: (m) => m.recall(m.uint32()), // LONG_BINGET
  [0x63]: (m) => m.global(m.line(), m.line()), // GLOBAL
  [0x93]: (m) => m.stackGlobal(), // STACK_GLOBAL
  [0x52]: (m) => m.call(), // REDUCE
  [0x62]: (m) => m.build(), // BUILD
  [0x51]: (m) => m.push(m.context.persistentLoad(m.pop())), // BINPERSID
};
