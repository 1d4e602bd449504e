import { expect, it } from 'vitest';
import { truePercent } from '../../src/features/plans/build/true-percent.ts';

it.each([
  [10.04, 10, 1, 10.04], [10.000_4, 10, 1, 10.000_4], [9.96, 10, 1, 9.96], [10, 10, 1, 10], [3.333_33, 10, 1, 3.3], [75.4, 75, 0, 75.4], [74.6, 75, 0, 74.6], [80.2, 75, 0, 80], [0, 75, 0, 0],
])('%s %% beside a limit of %s', (percent, limit, digits, said) => {
  expect(truePercent(percent, limit, digits)).toBe(said);
});

it('never says of a share that it is on the other side of its limit', () => {
  for (let active = 1; active <= 400; active += 7) {
    for (let people = 0; people <= active; people += 1) {
      for (const limit of [0.1, 7, 10, 33.3, 50]) {
        const share = (people * 100) / active;
        const said = truePercent(share, limit, 1);
        expect([said > limit, said < limit]).toEqual([people * 100 > limit * active, people * 100 < limit * active]);
      }
    }
  }
});
