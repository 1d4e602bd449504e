import { fileURLToPath } from 'node:url';

/** Where the demo keeps its database: in the checkout, never in the data folder of a real installation. */
export function demoFolder(): string {
  return fileURLToPath(new URL('../../../../.rollcall/demo', import.meta.url));
}
