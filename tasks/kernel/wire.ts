// Jupyter's wire format: a message is four JSON parts, signed with HMAC-SHA256, behind a delimiter.
// Pure functions on frames; sockets are in sockets.ts. Source: the Jupyter client documentation, "Messaging in Jupyter", protocol 5.3.

import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { type JsonObject, parseObject, textAt } from "./json.ts";

export interface Message {
  type: string;
  id: string;
  /** The id of the request that caused this message, undefined where there was none. */
  parent: string | undefined;
  content: JsonObject;
}

const DELIMITER = "<IDS|MSG>";
const PROTOCOL = "5.3";

/** The frames of a new message and its id. */
export function encode(
  { type, content, session, key }: { type: string; content: JsonObject; session: string; key: string },
): { id: string; frames: string[] } {
  const id = crypto.randomUUID();
  const date = new Date().toISOString();
  const header = { msg_id: id, msg_type: type, session, username: "course", date, version: PROTOCOL };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return { id, frames: [DELIMITER, sign(parts, key), ...parts] };
}

/** Reads a message; throws where its signature is not made with `key`. Binary buffers behind the four parts are left out. */
export function decode(frames: Uint8Array[], key: string): Message {
  const texts = frames.map((frame) => new TextDecoder().decode(frame));
  const start = texts.indexOf(DELIMITER) + 1;
  const parts = texts.slice(start + 1, start + 5);
  if (start === 0 || parts.length < 4) {
    throw new Error(
      `A kernel message has ${frames.length} frames; expected a delimiter, a signature and four JSON parts.`,
    );
  }
  if (!sameText(texts[start], sign(parts, key))) {
    throw new Error("A kernel message has a wrong signature; it was not sent by our kernel.");
  }
  const [header, parent, , content] = parts.map((part) => parseObject(part, "A kernel message"));
  return {
    type: textAt(header, "msg_type"),
    id: textAt(header, "msg_id"),
    parent: typeof parent.msg_id === "string" ? parent.msg_id : undefined,
    content,
  };
}

function sign(parts: string[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
