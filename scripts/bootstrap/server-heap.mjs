// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.

/**
 * How Node keeps the memory of a server: on a machine with much memory it would let much more rubbish lie than a server of ours ever needs. MiB; `Dockerfile` and `deploy/start` say the
 * same. Without a size of the nursery (semi-space) a server takes some 90 MiB more and is not faster; with half of this one, reading costs Node an eighth more processor time.
 */
export const serverHeap = '--max-old-space-size=1024 --max-semi-space-size=16';

/**
 * The environment of a server. Whoever says something of these sizes in NODE_OPTIONS is obeyed.
 * @param {Record<string, string | undefined>} env
 * @returns {Record<string, string | undefined>}
 */
export function withServerHeap(env) {
  const given = env.NODE_OPTIONS ?? '';
  return given.includes('space-size') ? env : { ...env, NODE_OPTIONS: `${given} ${serverHeap}`.trim() };
}
