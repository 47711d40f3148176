// hubFetch against servers of a few lines, for answers that the local hub does not give.
import assert from "node:assert/strict";
import { hubFetch } from "../../lib/hub/fetch.ts";
import { HubError } from "../../lib/hub/mod.ts";
import { withHome } from "../hub_server.ts";

const repo = { type: "model", name: "org/name" } as const;

interface Seen {
  readonly token: string | null;
  readonly time: number;
}

/** A server that gives these answers in turn, the last one again and again; remembers what it was asked. */
async function withServer(
  answers: (() => Response)[],
  test: (url: string, seen: readonly Seen[]) => Promise<void>,
): Promise<void> {
  const seen: Seen[] = [];
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    seen.push({ token: request.headers.get("authorization"), time: performance.now() });
    return answers[Math.min(seen.length, answers.length) - 1]();
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  await withHome(async () => {
    Deno.env.set("HF_ENDPOINT", url);
    await test(url, seen);
  });
}

const status = (code: number, headers: Record<string, string> = {}) => () =>
  new Response("no", { status: code, headers });
const fine = () => new Response("fine");

for (const code of [408, 429, 500, 502, 503, 504]) {
  Deno.test(`hubFetch() asks again after a status of ${code}`, () =>
    withServer([status(code, { "retry-after": "0.01" }), fine], async (url, seen) => {
      const response = await hubFetch(repo, url);
      assert.deepEqual([await response.text(), seen.length], ["fine", 2]);
    }));
}

Deno.test("hubFetch() waits as long as the hub asks for, and longer from time to time where it does not", () =>
  withServer([status(429, { "retry-after": "1" }), status(503), status(503), fine], async (url, seen) => {
    await hubFetch(repo, url).then((response) => response.body?.cancel());
    const [first, second, third] = seen.slice(1).map(({ time }, i) => time - seen[i].time);
    // a timer can be late, never early: these hold on any machine
    assert.ok(first >= 990 && second >= 590 && third >= 1190, `${first}, ${second}, ${third}`);
  }));

for (const code of [400, 403, 404, 416]) {
  Deno.test(`hubFetch() does not ask again after a status of ${code}`, () =>
    withServer([status(code)], async (url, seen) => {
      await assert.rejects(hubFetch(repo, url), HubError);
      assert.equal(seen.length, 1);
    }));
}

Deno.test("hubFetch() sends the call's token instead of the environment's, none where it is false, and none to another origin", () =>
  withServer([fine], async (elsewhere, seenElsewhere) => {
    await withServer([fine, fine, fine, () => Response.redirect(`${elsewhere}/file`)], async (url, seen) => {
      Deno.env.set("HF_TOKEN", "hf_environment");
      for (const token of ["hf_call", undefined, false, "hf_call"] as const) {
        await hubFetch({ ...repo, token }, url).then((response) => response.body?.cancel());
      }
      assert.deepEqual(seen.map(({ token }) => token), [
        "Bearer hf_call",
        "Bearer hf_environment",
        null,
        "Bearer hf_call",
      ]);
      assert.deepEqual(seenElsewhere.map(({ token }) => token), [null]);
    });
  }));

Deno.test("hubFetch() gives up on redirects in a circle", () =>
  withServer([() => new Response(null, { status: 302, headers: { location: "/again" } })], async (url) => {
    await assert.rejects(hubFetch(repo, url), /redirects in a circle .*check HF_ENDPOINT/);
  }));
