/** In a worker: measures `work` and tells the benchmark, which meters the database meanwhile. */
export async function measurePart(work: () => Promise<Readonly<Record<string, number>>>): Promise<void> {
  process.send?.({ kind: 'begin' });
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const facts = await work();
  const seconds = (performance.now() - started) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  await new Promise<void>((resolve) => {
    const peakMiB = process.resourceUsage().maxRSS / 1_024;
    process.send?.({ kind: 'end', seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6, peakMiB, facts }, () => { resolve(); });
  });
  process.disconnect();
}

/** The order that the benchmark gave this worker. */
export function readOrder(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}
