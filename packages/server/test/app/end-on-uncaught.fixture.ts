import { VendorError } from '@rollcall/connectors/kit';
import { createLog, endOnUncaught } from '../../src/index.ts';

/** A program in which something is thrown where nobody catches it. */
endOnUncaught(createLog('info'));
setTimeout(() => { process.stdout.write('still alive'); }, 30_000);
void Promise.reject(new VendorError({ kind: 'rejected', operation: 'users.search', status: 400, code: null, message: 'Zebulon is gone', retryAt: null, surelyWithoutEffect: true }));
