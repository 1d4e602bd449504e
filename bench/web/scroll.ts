import type { Page } from 'playwright-core';

export interface Scrolling {
  readonly milliseconds: number;
  readonly pixels: number;
  readonly frames: number;
  readonly medianFrameMs: number;
  /** Durations of tasks of more than 50 ms, as the browser itself reports them. */
  readonly longTasks: readonly number[];
}

/** Turns the wheel over the table in one direction, as a person does who looks for somebody, while the page counts frames and long tasks. */
export async function scrollFor(page: Page, milliseconds: number): Promise<Scrolling> {
  const grid = page.getByRole('grid').first();
  const box = await grid.boundingBox();
  if (box === null) throw new Error('There is no table to scroll.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForTimeout(2_000);
  await page.evaluate(`(() => {
    const seen = { longTasks: [], frames: [], on: true };
    window.benchSeen = seen;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.longTasks.push(entry.duration); }).observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now) => { seen.frames.push(now - last); last = now; if (seen.on) requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
  })()`);
  const step = 600;
  let pixels = 0;
  const started = performance.now();
  while (performance.now() - started < milliseconds) {
    await page.mouse.wheel(0, step);
    pixels += step;
    await page.waitForTimeout(50);
  }
  const elapsed = performance.now() - started;
  const seen = await page.evaluate<{ longTasks: number[]; frames: number[] }>('(() => { window.benchSeen.on = false; return { longTasks: window.benchSeen.longTasks, frames: window.benchSeen.frames }; })()');
  const sorted = seen.frames.toSorted((a, b) => a - b);
  return { milliseconds: elapsed, pixels, frames: seen.frames.length, medianFrameMs: sorted[Math.floor(sorted.length / 2)] ?? 0, longTasks: seen.longTasks };
}
