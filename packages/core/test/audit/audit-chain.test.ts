import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, chainEvent, chainStart, commitTo, exportEventLine, exportFooterLine, exportHeaderLine, verifyChain, verifyExport } from '../../src/index.ts';
import type { VerifiedEvent } from '../../src/index.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

function chain(length: number, from: { seq: number; hash: string } = { seq: 0, hash: chainStart }, mark = ''): readonly VerifiedEvent[] {
  const events: VerifiedEvent[] = [];
  let previous = from.hash;
  for (let seq = from.seq + 1; seq <= from.seq + length; seq += 1) {
    const salt = Uint8Array.from({ length: 16 }, (_, n) => (seq * 7 + n) % 256);
    const said = { actor: `person-${seq}${mark}`, subjectKind: 'account', subjectId: String(seq), payload: { name: '山田', n: seq, list: [1, null] } };
    const event = chainEvent(previous, { seq, at: new Date(seq * 1000).toISOString(), kind: 'run.started', commitment: commitTo(said, salt, sha256) }, sha256);
    events.push({ ...event, said, salt });
    previous = event.hash;
  }
  return events;
}

const problemOf = async (events: readonly VerifiedEvent[], anchors: readonly { seq: number; hash: string }[] = []) => {
  const report = await verifyChain(events, sha256, anchors);
  return report.ok ? null : report.problem;
};
const place = fc.integer({ min: 0, max: 11 });
const whole = chain(12);

describe('the chain', () => {
  it('is what anyone can compute with sha256 and JSON', () => {
    const commitment = 'c'.repeat(64);
    const text = `{"at":"2026-11-22T10:00:00.000Z","commitment":"${commitment}","format":1,"kind":"run.started","previous":"${chainStart}","seq":1}`;
    const event = chainEvent(chainStart, { seq: 1, at: '2026-11-22T10:00:00.000Z', kind: 'run.started', commitment }, sha256);
    expect(event.hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('verifies, also where payloads were erased', async () => {
    expect(await verifyChain(whole, sha256)).toMatchObject({ ok: true, events: 12, withoutPayload: 0, head: { seq: 12 } });
    const erased = whole.map(({ said: _said, salt: _salt, ...event }) => event);
    expect(await verifyChain(erased, sha256)).toMatchObject({ ok: true, withoutPayload: 12 });
    expect(await verifyChain([], sha256)).toMatchObject({ ok: true, events: 0 });
  });

  it('names any changed event', async () => {
    const changes = fc.constantFrom<Partial<VerifiedEvent>>({ seq: 99 }, { at: '2020-01-01T00:00:00.000Z' }, { kind: 'run.hidden' }, { commitment: 'f'.repeat(64) }, { previousHash: 'e'.repeat(64) }, { hash: 'd'.repeat(64) });
    await fc.assert(fc.asyncProperty(place, changes, async (at, change) => {
      expect(await problemOf(whole.with(at, { ...whole[at]!, ...change }))).toEqual({ kind: 'changed', seq: at + 1 });
    }));
  });

  it('names an event whose hash was made to fit its change', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 10 }), async (at) => {
      const { said: _said, salt: _salt, ...event } = whole[at]!;
      expect(await problemOf(whole.with(at, chainEvent(event.previousHash, { ...event, kind: 'other' }, sha256)))).toEqual({ kind: 'changed', seq: at + 1 });
    }));
  });

  it('names a changed payload', async () => {
    await fc.assert(fc.asyncProperty(place, async (at) => {
      const said = { ...whole[at]!.said!, actor: 'somebody else' };
      expect(await problemOf(whole.with(at, { ...whole[at]!, said }))).toEqual({ kind: 'payloadChanged', seq: at + 1 });
    }));
  });

  it('names what was removed', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 12 }), async (at, count) => {
      const last = Math.min(at + count, 11);
      expect(await problemOf(whole.toSpliced(at, last - at))).toEqual(last > at ? { kind: 'removed', seq: at + 1, lastSeq: last } : null);
    }));
  });

  it('names what was reordered or repeated', async () => {
    await fc.assert(fc.asyncProperty(place, place, async (a, b) => {
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      const swapped = whole.with(first, whole[second]!).with(second, whole[first]!);
      expect(await problemOf(swapped)).toEqual(first === second ? null : { kind: 'reordered', seq: first + 1 });
      expect(await problemOf(whole.toSpliced(second + 1, 0, whole[first]!))).toEqual({ kind: 'reordered', seq: first + 1 });
    }));
  });

  it('names a cut or rewritten tail when a hash was kept elsewhere', async () => {
    const anchor = { seq: 12, hash: whole[11]!.hash };
    for (let kept = 0; kept < 12; kept += 1) {
      expect(await problemOf(whole.slice(0, kept))).toBeNull();
      expect(await problemOf(whole.slice(0, kept), [anchor])).toEqual({ kind: 'cutTail', seq: kept + 1, lastSeq: 12 });
    }
    const rewritten = [...whole.slice(0, 8), ...chain(4, { seq: 8, hash: whole[7]!.hash }, '!')];
    expect(await problemOf(rewritten)).toBeNull();
    expect(await problemOf(rewritten, [anchor])).toEqual({ kind: 'changed', seq: 12 });
  });
});

describe('the export file', () => {
  const head = { seq: 12, hash: whole[11]!.hash };
  const lines = [exportHeaderLine({ workspace: 'w', exportedAt: '2026-11-22T10:00:00.000Z' }), ...whole.map(exportEventLine), exportFooterLine(head)];
  const problemIn = async (given: readonly string[]) => {
    const report = await verifyExport(given, sha256);
    return report.ok ? null : report.problem;
  };

  it('verifies offline', async () => {
    expect(await verifyExport(lines, sha256)).toEqual({ ok: true, events: 12, withoutPayload: 0, head });
  });

  it('finds any single changed character, removed line and swap', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 13 }), fc.nat(), fc.constantFrom('0', 'z', '"', ' x'), async (line, at, char) => {
      const text = lines[line]!;
      const changed = text.slice(0, at % text.length) + char + text.slice((at % text.length) + 1);
      fc.pre(canonicalOrNull(changed) !== canonicalOrNull(text));
      expect(await problemIn(lines.with(line, changed))).not.toBeNull();
    }), { numRuns: 500 });
    for (let line = 0; line < lines.length; line += 1) expect(await problemIn(lines.toSpliced(line, 1))).not.toBeNull();
    expect(await problemIn(lines.toSpliced(5, 1))).toEqual({ kind: 'removed', seq: 5, lastSeq: 5 });
    expect(await problemIn(lines.with(4, lines[5]!).with(5, lines[4]!))).toEqual({ kind: 'reordered', seq: 4 });
  });

  it('says what a file is not', async () => {
    expect(await problemIn([])).toEqual({ kind: 'unreadable', line: 1 });
    expect(await problemIn(['<html>'])).toEqual({ kind: 'unreadable', line: 1 });
    expect(await problemIn([lines[0]!.replace('"version":1', '"version":2')])).toEqual({ kind: 'newerVersion', version: 2 });
    expect(await problemIn(lines.slice(0, 6))).toEqual({ kind: 'cutFile', seq: 6 });
    expect(await problemIn([...lines, lines[1]!])).toEqual({ kind: 'unreadable', line: 15 });
    expect(await problemIn(lines.toSpliced(12, 1))).toEqual({ kind: 'cutTail', seq: 12, lastSeq: 12 });
  });
});

function canonicalOrNull(text: string): string | null {
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return null;
  }
}

describe('canonical JSON', () => {
  it('does not depend on the order of members and reads back', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }));
    expect(canonicalJson({ b: 1, a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1}');
  });
  it.each([[undefined], [Number.NaN], [{ a: undefined }], [10n]])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
