const everyMs = 100;

/** How late this process is with everything, in milliseconds: what has arrived waits at least as long before anybody looks at it. */
export interface LoopLag {
  readonly lagMs: () => number;
  stop(): void;
}

/** Watches the event loop by a timer, which comes late when the loop is busy or the machine gives us no processor. */
export function watchLoopLag(): LoopLag {
  let lastAt = performance.now();
  let lag = 0;
  const timer = setInterval(() => {
    const at = performance.now();
    lag = Math.max(0, at - lastAt - everyMs);
    lastAt = at;
  }, everyMs);
  timer.unref();
  return {
    // A tick that is overdue counts before it has come.
    lagMs: () => Math.max(lag, performance.now() - lastAt - everyMs),
    stop: () => { clearInterval(timer); },
  };
}
