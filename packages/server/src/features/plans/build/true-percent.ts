/**
 * A percentage with as many digits as it takes to stand on the same side of `limit` as it really does: 10.04 is more than 10, so that "10.0 % is more than 10 %" is
 * never said. At least `digits` decimals are kept.
 */
export function truePercent(percent: number, limit: number, digits: number): number {
  for (let kept = digits; kept <= 6; kept += 1) {
    const rounded = Number(percent.toFixed(kept));
    if (Math.sign(rounded - limit) === Math.sign(percent - limit)) return rounded;
  }
  return percent;
}
