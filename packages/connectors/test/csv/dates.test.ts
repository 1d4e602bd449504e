import { parseCivilDate } from '@rollcall/core';
import { describe, expect, it } from 'vitest';
import { exportDateOf, readDate } from '@rollcall/connectors/csv';

const rules = { latest: parseCivilDate('2026-11-23'), timeZone: 'UTC' };

describe('readDate', () => {
  it.each([
    ['3 Jan 2024', '2024-01-03'],
    ['03 Jan 2024', '2024-01-03'],
    ['29 Feb 2024', '2024-02-29'],
    ['3 SEPT 2024', '2024-09-03'],
    ['2024-01-03', '2024-01-03'],
    [' 14 Dec 2012 15:31:57 ', '2012-12-14'],
    ['23 Nov 2026', '2026-11-23'],
  ])('%s is the day %s', (text, on) => {
    expect(readDate(text, rules)).toEqual({ kind: 'at', on, at: null });
  });

  it('puts an instant on its day in the zone of the source', () => {
    expect(readDate('2024-01-03T23:30:00Z', rules)).toEqual({ kind: 'at', on: '2024-01-03', at: '2024-01-03T23:30:00.000Z' });
    expect(readDate('2024-01-03T23:30:00Z', { ...rules, timeZone: 'Asia/Tokyo' })).toMatchObject({ on: '2024-01-04' });
    expect(readDate('2024-01-04T08:30:00+09:00', rules)).toMatchObject({ on: '2024-01-03' });
  });

  it.each(['Never accessed', 'never ACCESSED', 'Never logged in'])('%s is never', (text) => {
    expect(readDate(text, rules)).toEqual({ kind: 'never' });
  });

  it.each([
    ['', 'noDate'],
    ['1/3/2024', 'ambiguousDate'],
    ['13/3/2024', 'ambiguousDate'],
    ['3.1.24', 'ambiguousDate'],
    ['3-Jan-24', 'ambiguousDate'],
    ['31 Feb 2024', 'impossibleDate'],
    ['29 Feb 2023', 'impossibleDate'],
    ['2024-02-30T10:00:00Z', 'impossibleDate'],
    ['0 Jan 2024', 'impossibleDate'],
    ['24 Nov 2026', 'futureDate'],
    ['yesterday', 'unreadableDate'],
    ['3 Foo 2024', 'unreadableDate'],
    ['45294', 'unreadableDate'],
  ])('%s is unknown: %s', (text, why) => {
    expect(readDate(text, rules)).toEqual({ kind: 'unknown', why });
  });
});

describe('exportDateOf', () => {
  const modifiedAt = new Date('2026-11-22T23:00:00Z');
  it('takes what was given, then the name, then the time of the file', () => {
    const given = parseCivilDate('2026-08-01');
    if (given === null) throw new Error('no day');
    const fileName = 'downloads/export-users-2026-09-30 (1).csv';
    expect(exportDateOf({ exportedOn: given, fileName, modifiedAt })).toEqual({ on: '2026-08-01', from: 'given' });
    expect(exportDateOf({ fileName, modifiedAt })).toEqual({ on: '2026-09-30', from: 'fileName' });
    expect(exportDateOf({ fileName: 'export-users_20260930.csv' })).toEqual({ on: '2026-09-30', from: 'fileName' });
    expect(exportDateOf({ fileName: 'export-users.csv', modifiedAt })).toEqual({ on: '2026-11-22', from: 'fileTime' });
    expect(exportDateOf({ fileName: 'export-users.csv', modifiedAt, timeZone: 'Asia/Tokyo' })).toEqual({ on: '2026-11-23', from: 'fileTime' });
    expect(exportDateOf({ fileName: 'export-users.csv' })).toBeNull();
  });

  it('takes no date from a name with two, or with a day that does not exist', () => {
    expect(exportDateOf({ fileName: 'from-2026-01-01-to-2026-03-31.csv' })).toBeNull();
    expect(exportDateOf({ fileName: 'export-2026-02-30.csv' })).toBeNull();
  });
});
