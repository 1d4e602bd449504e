import { chainStart } from './chain-event.ts';
import type { Sha256 } from './digest.ts';
import { auditExportVersion, eventOfLine, exportEventSchema, exportFooterSchema, exportHeaderSchema } from './export-format.ts';
import { verifyChain } from './verify-chain.ts';
import type { ChainAnchor, ChainProblem, ChainReport, VerifiedEvent } from './verify-chain.ts';

export type ExportProblem =
  | ChainProblem
  /** The line (first line: 1) is no line of such a file at this place. */
  | { readonly kind: 'unreadable'; readonly line: number }
  /** A newer Rollcall wrote the file. */
  | { readonly kind: 'newerVersion'; readonly version: number }
  /** The file ends without its last line. */
  | { readonly kind: 'cutFile'; readonly seq: number };

export type ExportReport = Extract<ChainReport, { ok: true }> | { readonly ok: false; readonly problem: ExportProblem };

class UnfitLine extends Error {
  readonly problem: ExportProblem;
  constructor(problem: ExportProblem) {
    super(problem.kind);
    this.name = 'UnfitLine';
    this.problem = problem;
  }
}

/** Verifies an export file from its lines, with nothing but the file and, where given, hashes that were kept elsewhere. */
export async function verifyExport(lines: Iterable<string> | AsyncIterable<string>, sha256: Sha256, anchors: readonly ChainAnchor[] = []): Promise<ExportReport> {
  const state: ReadState = { line: 0, part: 'header', last: { seq: 0, hash: chainStart }, footer: null };
  let report: ChainReport;
  try {
    report = await verifyChain(readEvents(lines, state), sha256, anchors);
  } catch (error) {
    if (error instanceof UnfitLine) return { ok: false, problem: error.problem };
    throw error;
  }
  const { footer, last } = state;
  if (!report.ok) return report;
  if (state.part === 'header') return { ok: false, problem: { kind: 'unreadable', line: 1 } };
  if (footer === null) return { ok: false, problem: { kind: 'cutFile', seq: last.seq + 1 } };
  if (footer.seq > last.seq) return { ok: false, problem: { kind: 'cutTail', seq: last.seq + 1, lastSeq: footer.seq } };
  if (footer.seq < last.seq || footer.hash !== last.hash) return { ok: false, problem: { kind: 'changed', seq: Math.max(1, Math.min(footer.seq, last.seq)) } };
  return report;
}

interface ReadState {
  line: number;
  part: 'header' | 'events' | 'done';
  last: ChainAnchor;
  footer: ChainAnchor | null;
}

async function* readEvents(lines: Iterable<string> | AsyncIterable<string>, state: ReadState): AsyncGenerator<VerifiedEvent> {
  for await (const text of lines) {
    state.line += 1;
    if (text.trim() === '') continue;
    const event = readLine(parseJson(text, state.line), state);
    if (event === null) continue;
    state.last = { seq: event.seq, hash: event.hash };
    yield event;
  }
}

function readLine(raw: unknown, state: ReadState): VerifiedEvent | null {
  if (state.part === 'header') {
    const header = exportHeaderSchema.safeParse(raw);
    if (!header.success) throw new UnfitLine({ kind: 'unreadable', line: state.line });
    if (header.data.version > auditExportVersion) throw new UnfitLine({ kind: 'newerVersion', version: header.data.version });
    state.part = 'events';
    return null;
  }
  if (state.part === 'done') throw new UnfitLine({ kind: 'unreadable', line: state.line });
  const footer = exportFooterSchema.safeParse(raw);
  if (footer.success) {
    state.footer = footer.data.head;
    state.part = 'done';
    return null;
  }
  const event = exportEventSchema.safeParse(raw);
  if (!event.success) throw new UnfitLine({ kind: 'unreadable', line: state.line });
  return eventOfLine(event.data);
}

function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnfitLine({ kind: 'unreadable', line });
  }
}
