// Tokens and their ids: the model's vocabulary with the added tokens on top.
import { show } from "./fields.ts";
import type { AddedToken } from "./pipeline/added_tokens.ts";

export class Vocabulary {
  readonly #model: ReadonlyMap<string, number>;
  readonly #added: ReadonlyMap<string, number>;
  /** Made when first needed: only decoding asks for it. */
  #tokens: ReadonlyMap<number, string> | undefined;

  constructor(model: ReadonlyMap<string, number>, added: readonly AddedToken[]) {
    this.#model = model;
    this.#added = new Map(added.map((token) => [token.content, token.id]));
  }

  /** The size of the model's vocabulary. */
  get modelSize(): number {
    return this.#model.size;
  }

  /** The number of tokens, added ones included. */
  get size(): number {
    return this.#model.size + [...this.#added.keys()].filter((token) => !this.#model.has(token)).length;
  }

  /** The id that no token has yet. */
  get nextId(): number {
    return [...this.#model.values(), ...this.#added.values()].reduce((last, id) => Math.max(last, id), -1) + 1;
  }

  findId(token: string): number | undefined {
    return this.#added.get(token) ?? this.#model.get(token);
  }

  findToken(id: number): string | undefined {
    this.#tokens ??= new Map([...this.#model, ...this.#added].map(([token, id]) => [id, token]));
    return this.#tokens.get(id);
  }

  /** The id of a token, or of `unknown` where there is no such token. @throws RangeError where there is neither. */
  idOf(token: string, unknown: string | undefined): number {
    const id = this.findId(token) ?? (unknown === undefined ? undefined : this.findId(unknown));
    if (id !== undefined) return id;
    throw new RangeError(
      `tokenizer: ${show(token)} is not in the vocabulary, and there is no unknown token to stand for it.`,
    );
  }

  /** The token of an id. @throws RangeError where there is none. */
  tokenOf(id: number): string {
    const token = this.findToken(id);
    if (token !== undefined) return token;
    throw new RangeError(`tokenizer: there is no token with the id ${id}; the last id is ${this.nextId - 1}.`);
  }

  entries(): Map<string, number> {
    return new Map([...this.#model, ...this.#added]);
  }
}
