// Plain JavaScript for Node 20: runs before Node 24 and the packages are there.

/**
 * How Node keeps the memory of a server: of a machine with much memory it would take twice as much, for what nobody needs any more. `Dockerfile` and `deploy/start` say the same.
 */
export const serverHeap = '--max-semi-space-size=8 --max-old-space-size=1024';

/**
 * The environment of a server. Whoever says something of these sizes in NODE_OPTIONS is obeyed.
 * @param {Record<string, string | undefined>} env
 * @returns {Record<string, string | undefined>}
 */
export function withServerHeap(env) {
  const given = env.NODE_OPTIONS ?? '';
  return given.includes('space-size') ? env : { ...env, NODE_OPTIONS: `${given} ${serverHeap}`.trim() };
}
