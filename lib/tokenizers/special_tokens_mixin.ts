// The part of a tokenizer that names its special tokens: `tokenizer.maskToken`, `tokenizer.padTokenId` and so on.
import { listSpecialTokens, type SpecialTokenRole, type SpecialTokensMap } from "./special_tokens.ts";

/** `new` gives a function that hands its arguments to `_call` and has the methods of the class. */
abstract class Callable {
  constructor() {
    const self = Object.setPrototypeOf((...args: unknown[]) => self._call(...args), new.target.prototype);
    delete self.length;
    return self;
  }
}

/**
 * The special tokens of a tokenizer. Asking for one that it lacks throws an Error; `specialTokensMap` tells without.
 */
export abstract class SpecialTokensMixin extends Callable {
  /** The special tokens by role; a role that the tokenizer lacks is missing. */
  abstract readonly specialTokensMap: SpecialTokensMap;
  abstract convertTokensToIds(token: string): number;

  get bosToken(): string {
    return this.#tokenFor("bosToken");
  }
  get bosTokenId(): number {
    return this.convertTokensToIds(this.bosToken);
  }

  get eosToken(): string {
    return this.#tokenFor("eosToken");
  }
  get eosTokenId(): number {
    return this.convertTokensToIds(this.eosToken);
  }

  get unkToken(): string {
    return this.#tokenFor("unkToken");
  }
  get unkTokenId(): number {
    return this.convertTokensToIds(this.unkToken);
  }

  get sepToken(): string {
    return this.#tokenFor("sepToken");
  }
  get sepTokenId(): number {
    return this.convertTokensToIds(this.sepToken);
  }

  get padToken(): string {
    return this.#tokenFor("padToken");
  }
  get padTokenId(): number {
    return this.convertTokensToIds(this.padToken);
  }

  get clsToken(): string {
    return this.#tokenFor("clsToken");
  }
  get clsTokenId(): number {
    return this.convertTokensToIds(this.clsToken);
  }

  get maskToken(): string {
    return this.#tokenFor("maskToken");
  }
  get maskTokenId(): number {
    return this.convertTokensToIds(this.maskToken);
  }

  /** Every special token once. */
  get allSpecialTokens(): string[] {
    return listSpecialTokens(this.specialTokensMap);
  }

  get allSpecialIds(): number[] {
    return this.allSpecialTokens.map((token) => this.convertTokensToIds(token));
  }

  /** 1 for each id that is a special token's, else 0. */
  getSpecialTokensMask(ids: ArrayLike<number>): number[] {
    const special = new Set(this.allSpecialIds);
    return Array.from(ids, (id) => special.has(id) ? 1 : 0);
  }

  #tokenFor(role: SpecialTokenRole): string {
    const token = this.specialTokensMap[role];
    if (token !== undefined) return token;
    const others = this.allSpecialTokens.join(", ") || "none";
    throw new Error(`This tokenizer has no ${role}; its special tokens are ${others}.`);
  }
}
