import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';
import { readManifest } from './manifest.ts';
import type { SourceFile } from './source-file.ts';
import { readSource } from './source-file.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** What every rule looks at: the real repository, or a small planted one. */
export interface Repository {
  readonly manifests: readonly Manifest[];
  readonly sources: readonly SourceFile[];
  /** Every text file git knows or would add. */
  readonly texts: ReadonlyMap<string, string>;
}

const isSource = (path: string): boolean => /\.(?:ts|tsx|mts|mjs|js)$/u.test(path) && !path.endsWith('.d.ts');
const isText = (path: string): boolean => !/\.(?:png|ico|svg|woff2?|gz|xlsx|zip)$/u.test(path);

function listedFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  return list.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** Builds the view from files given as path and text. */
export function repositoryOf(files: Readonly<Record<string, string>>): Repository {
  const paths = Object.keys(files);
  const manifests = paths.filter((path) => /(?:^|\/)package\.json$/u.test(path)).map((path) => readManifest(path.replace(/\/?package\.json$/u, ''), files[path] ?? ''));
  const sources = paths.filter(isSource).map((path) => readSource(path, files[path] ?? ''));
  return { manifests, sources, texts: new Map(Object.entries(files)) };
}

/** Reads the repository this test stands in. */
export function thisRepository(): Repository {
  const files = listedFiles().filter(isText).map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  return repositoryOf(Object.fromEntries(files));
}
