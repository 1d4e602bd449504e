import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Artefact, Generator } from './generators/generator.ts';

// `npm run generate` writes every generated file; `--check` writes nothing and fails when one differs.
// A new generator is a new file `scripts/generators/NAME.generator.ts`; there is no list to edit.
const root = dirname(import.meta.dirname);
const folder = join(import.meta.dirname, 'generators');

function isGenerator(value: unknown): value is Generator {
  return typeof value === 'object' && value !== null && 'make' in value && typeof value.make === 'function';
}

async function artefactsOf(file: string): Promise<readonly Artefact[]> {
  const module: unknown = await import(pathToFileURL(join(folder, file)).href);
  const generator = typeof module === 'object' && module !== null && 'generator' in module ? module.generator : undefined;
  if (!isGenerator(generator)) throw new Error(`scripts/generators/${file} must export \`generator\` with a function \`make\`.`);
  return await generator.make();
}

async function isCurrent({ path, text }: Artefact): Promise<boolean> {
  const onDisk = await readFile(join(root, path), 'utf8').catch(() => undefined);
  return onDisk === text;
}

async function write({ path, text }: Artefact): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const files = (await readdir(folder)).filter((name) => name.endsWith('.generator.ts')).toSorted();
const artefacts = (await Promise.all(files.map(artefactsOf))).flat();
const current = await Promise.all(artefacts.map(isCurrent));
const stale = artefacts.filter((_, index) => current[index] !== true);
if (artefacts.length === 0) throw new Error('No generator made a file: looked in scripts/generators/*.generator.ts.');
if (!process.argv.includes('--check')) {
  for (const artefact of stale) await write(artefact);
  console.log(`${artefacts.length} generated files, ${stale.length} written.`);
} else if (stale.length > 0) {
  console.log(`Out of date: ${stale.map(({ path }) => path).join(', ')}. Run \`npm run generate\` and commit the result.`);
  process.exitCode = 1;
}
