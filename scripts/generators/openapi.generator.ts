import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Generator } from './generator.ts';
import { openApiDocument } from './openapi/document.ts';

const manifest = z.object({ version: z.string() });

/** docs/reference/openapi.json: the REST API, from the routes of the contract. */
export const generator: Generator = {
  async make() {
    const { version } = manifest.parse(JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')));
    return [{ path: 'docs/reference/openapi.json', text: `${JSON.stringify(openApiDocument(version), null, 2)}\n` }];
  },
};
