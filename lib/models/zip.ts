// The directory of a zip archive whose files are stored, not compressed: what torch.save writes since 1.6. Source: APPNOTE.TXT of PKWARE,
// sections 4.3.7 to 4.3.16 and 4.5.3. Sizes and places are checked against the archive's length before anything is read.

import type { ByteSource } from "../hub/mod.ts";
import { damaged } from "./stored_tensor.ts";

/** A file of an archive, in bytes of the archive. */
export interface ZipEntry {
  /** Where its local header lies; `contentStart` finds what follows it. */
  readonly headerStart: number;
  readonly size: number;
}

const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCATOR_BYTES = 20;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** More than any model has tensors. */
const MAX_DIRECTORY_BYTES = 64 * 2 ** 20;
/** In a 32-bit field: the value stands in the zip64 field. */
const IN_ZIP64 = 0xffffffff;

/** True where the file begins as an archive does. */
export async function isZip(source: ByteSource): Promise<boolean> {
  return source.size >= 4 && viewOf(await source.read(0, 4)).getUint32(0, true) === 0x04034b50;
}

/** The files of an archive by name. @throws RangeError where the archive is cut, damaged or compressed */
export async function readZipDirectory(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const { start, size } = await findDirectory(source);
  if (size > MAX_DIRECTORY_BYTES || start + size > source.size) {
    throw damaged(source.name, `its directory of ${size} bytes lies at ${start} of ${source.size}`);
  }
  const bytes = await source.read(start, size);
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at < size;) {
    if (at + ENTRY_BYTES > size || view.getUint32(at, true) !== 0x02014b50) {
      throw damaged(source.name, `its directory makes no sense at byte ${at}`);
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const nameAt = at + ENTRY_BYTES, extraAt = nameAt + nameBytes, end = extraAt + extraBytes + commentBytes;
    if (end > size) throw damaged(source.name, "its directory is cut");
    const name = new TextDecoder().decode(bytes.subarray(nameAt, extraAt));
    entries.set(name, readEntry(source, name, view, at, bytes.subarray(extraAt, extraAt + extraBytes)));
    at = end;
  }
  return entries;
}

/** The byte at which an entry's content begins. @throws RangeError where it does not lie inside the archive */
export async function contentStart(source: ByteSource, { headerStart, size }: ZipEntry): Promise<number> {
  const header = viewOf(await source.read(headerStart, LOCAL_BYTES));
  if (header.getUint32(0, true) !== 0x04034b50) throw damaged(source.name, `no file begins at byte ${headerStart}`);
  const start = headerStart + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + size <= source.size) return start;
  throw damaged(source.name, `a file of ${size} bytes lies at ${start} of ${source.size}`);
}

function readEntry(source: ByteSource, name: string, view: DataView, at: number, extra: Uint8Array): ZipEntry {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  if (method !== 0 || (flags & 1) !== 0) {
    throw damaged(
      source.name,
      `"${name}" in it is ${method === 0 ? "encrypted" : "compressed"}, which torch never does`,
    );
  }
  const [stored, size, headerStart] = [20, 24, 42].map((offset) => view.getUint32(at + offset, true));
  const wide = zip64Values(extra);
  // only the fields that are too small for their value have a place there, in this order
  const take = (value: number) => value === IN_ZIP64 ? wide.shift() ?? NaN : value;
  const entry = { size: take(size), stored: take(stored), headerStart: take(headerStart) };
  if (entry.stored !== entry.size || !(entry.headerStart + LOCAL_BYTES + entry.size <= source.size)) {
    throw damaged(source.name, `"${name}" in it has ${entry.size} bytes at ${entry.headerStart} of ${source.size}`);
  }
  return { size: entry.size, headerStart: entry.headerStart };
}

/** The 64-bit numbers of the extra field with id 1. */
function zip64Values(extra: Uint8Array): number[] {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const end = Math.min(at + 4 + length, extra.length);
    if (id === 1) {
      return Array.from({ length: Math.floor((end - at - 4) / 8) }, (_, i) => uint64(view, at + 4 + 8 * i));
    }
    at = end;
  }
  return [];
}

async function findDirectory(source: ByteSource): Promise<{ start: number; size: number }> {
  const tailAt = Math.max(0, source.size - END_BYTES - LONGEST_COMMENT - LOCATOR_BYTES);
  const view = viewOf(await source.read(tailAt, source.size - tailAt));
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const locator = at - LOCATOR_BYTES;
    if (locator >= 0 && view.getUint32(locator, true) === 0x07064b50) {
      const end = viewOf(await source.read(uint64(view, locator + 8), 56));
      if (end.getUint32(0, true) !== 0x06064b50) {
        throw damaged(source.name, "its zip64 directory is not where it should be");
      }
      return { size: uint64(end, 40), start: uint64(end, 48) };
    }
    return { size: view.getUint32(at + 12, true), start: view.getUint32(at + 16, true) };
  }
  throw damaged(source.name, "it begins as a zip archive and has no directory");
}

function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
