import { config } from 'zod';

// zod compiles schemas with `new Function`, which the content security policy forbids; even its probe is reported as a
// violation. Imported before anything that parses.
config({ jitless: true });
