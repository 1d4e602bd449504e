import { afterEach, describe, expect, test } from 'vitest';
import { bestLanguage } from '../src/i18n/language.ts';
import { formatCivilDate, formatDuration, formatRelative } from '../src/i18n/format.ts';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('civil dates', () => {
  test.each(['Pacific/Kiritimati', 'Asia/Tokyo', 'UTC', 'America/Los_Angeles', 'Pacific/Niue'])('keep their day in %s', (timeZone) => {
    process.env['TZ'] = timeZone;
    expect(formatCivilDate('en', '2026-03-01')).toBe('Mar 1, 2026');
    expect(formatCivilDate('ja', '2026-03-01', 'long')).toBe('2026年3月1日');
  });

  test('stay as they are when short or not a date', () => {
    expect(formatCivilDate('ja', '2026-03-01', 'short')).toBe('2026-03-01');
    expect(formatCivilDate('en', 'never')).toBe('never');
  });
});

describe('lengths of time', () => {
  test.each([
    [0, '0 sec'],
    [59, '59 sec'],
    [3600 + 240 + 5, '1 hr 4 min'],
    [90_061, '1 day 1 hr'],
  ])('%i seconds', (seconds, text) => expect(formatDuration('en', seconds)).toBe(text));

  test('ago and ahead', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(formatRelative('en', '2026-11-22T09:00:00Z', now)).toBe('3 hours ago');
    expect(formatRelative('ja', '2026-11-24T12:00:00Z', now)).toBe('明後日');
    expect(formatRelative('en', '2026-11-22T12:00:20Z', now)).toBe('now');
  });
});

test('the first language we speak is taken, English otherwise', () => {
  expect(bestLanguage(['fr-FR', 'ja-JP', 'en'])).toBe('ja');
  expect(bestLanguage(['de'])).toBe('en');
});
