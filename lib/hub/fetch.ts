// A request to the hub: the token goes to the hub's own origin and nowhere else, redirects are followed by hand so that this holds on
// the way to the CDN too, a busy hub is asked again with growing pauses, and what is not an answer becomes a HubError.

import { hubEndpoint, hubToken } from "./environment.ts";
import { HubError, refusal, unreachable } from "./errors.ts";
import type { Repo } from "./repo.ts";

/** 0.3, 0.6, 1.2, 2.4 and 4.8 s: about nine seconds in all, then the hub is called busy. */
const PAUSES_MS = [300, 600, 1200, 2400, 4800];
/** A name that does not resolve or a closed port is asked once more: a student without network should not wait. */
const CONNECTION_RETRIES = 1;
const BUSY = new Set([408, 429, 500, 502, 503, 504]);
const LONGEST_PAUSE_MS = 60_000;
/** How long a server may be silent before its headers, and between two pieces of a body. */
export const SILENCE_MS = 20_000;

/**
 * `fetch` for one repository of the hub.
 * @throws HubError for an unreachable host and for every status of 400 or more
 */
export async function hubFetch(repo: Repo, input: string | URL, init: RequestInit = {}): Promise<Response> {
  const endpoint = hubEndpoint();
  const token = repo.token === false ? undefined : repo.token ?? hubToken();
  let url = new URL(input);
  for (let hop = 0; hop < 10; hop++) {
    const response = await patientFetch(repo, url, withToken(url, init, endpoint, token));
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      if (response.ok || response.status === 304) return response;
      throw await refusal(repo, response, endpoint, token !== undefined);
    }
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw new HubError("refused", `${endpoint} redirects in a circle (${input}); check HF_ENDPOINT.`);
}

function withToken(url: URL, init: RequestInit, endpoint: string, token: string | undefined): RequestInit {
  const headers = new Headers(init.headers);
  if (token && url.origin === new URL(endpoint).origin) headers.set("authorization", `Bearer ${token}`);
  return { ...init, headers, redirect: "manual" };
}

/** Asks again where the server is busy or the connection fails; the last answer or failure stands. */
async function patientFetch(repo: Repo, url: URL, init: RequestInit): Promise<Response> {
  for (let tries = 0;; tries++) {
    try {
      const response = await fetchWithin(SILENCE_MS, url, init);
      if (!BUSY.has(response.status) || tries >= PAUSES_MS.length) return response;
      await response.body?.cancel();
      await pause(Number(response.headers.get("retry-after")) * 1000 || PAUSES_MS[tries]);
    } catch (error) {
      // a right that is denied stays denied
      if (error instanceof Deno.errors.NotCapable || tries >= CONNECTION_RETRIES) {
        throw unreachable(repo, url.origin, error);
      }
      await pause(PAUSES_MS[tries]);
    }
  }
}

/** `fetch` that gives up when no headers came in time; the body may take as long as it needs. */
async function fetchWithin(limitMs: number, url: URL, init: RequestInit): Promise<Response> {
  const controller = new AbortController();
  const signal = init.signal ? AbortSignal.any([init.signal, controller.signal]) : controller.signal;
  const timer = setTimeout(() => controller.abort(new Error(`no answer in ${limitMs / 1000} s`)), limitMs);
  try {
    return await fetch(url, { ...init, signal });
  } finally {
    clearTimeout(timer);
  }
}

/** Waits, but never longer than a minute. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(ms, LONGEST_PAUSE_MS)));
}

/** The pause before attempt `tries` + 1, or undefined when there have been enough. */
export function pauseAfter(tries: number): number | undefined {
  return PAUSES_MS[tries];
}
