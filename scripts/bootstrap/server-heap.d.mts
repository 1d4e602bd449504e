/** How Node keeps the memory of a server. */
export const serverHeap: string;
/** The environment of a server. Whoever says something of these sizes in NODE_OPTIONS is obeyed. */
export function withServerHeap(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
