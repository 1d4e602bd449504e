import { readFileSync } from 'node:fs';

// Preloaded into a node: the clock of its machine stands by so many milliseconds beside the right one, as the file says at each moment.
const file = process.env['TEST_CLOCK_FILE'] ?? '';
const RealDate = Date;
const aheadMs = (): number => Number(readFileSync(file, 'utf8')) || 0;

class SetDate extends RealDate {
  constructor(...parts: readonly unknown[]) {
    super(...((parts.length === 0 ? [RealDate.now() + aheadMs()] : parts) as [number]));
  }

  static override now(): number {
    return RealDate.now() + aheadMs();
  }
}

globalThis.Date = SetDate as DateConstructor;
