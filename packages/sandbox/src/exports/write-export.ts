import { settingsOf } from '../options.ts';
import type { SandboxOptions } from '../options.ts';
import { createWorld } from '../world/create-world.ts';
import { createOrganisation } from '../world/organisation.ts';
import { createTruthReader } from '../world/reader.ts';
import type { World } from '../world/world.ts';
import { csvLine } from './csv-line.ts';
import { exportWriter } from './shapes.ts';
import type { ExportColumns, ExportShape } from './shapes.ts';

/** What to export: a running sandbox's `world`, or a world made from options. The optional columns are on unless switched off. */
export type ExportOptions = SandboxOptions & Partial<ExportColumns> & { readonly world?: World };

/** A world without a server: the same as `startSandbox` would serve for these options. */
export function worldOf(options: SandboxOptions): World {
  const settings = settingsOf(options);
  const { seed, sites, apps, directories, verifiedDomain, seats } = settings;
  const start = settings.now.getTime();
  return createWorld(createOrganisation({ seed, name: 'Acme', sites, apps, directories, verifiedDomain, seats }), settings.users, start, () => start);
}

/** People and service accounts that are in a directory (in the managed accounts export: all that are managed). */
function isExported(shape: ExportShape, world: World, index: number): boolean {
  if ((world.kind[index] ?? 0) > 1 || world.vanished.has(index)) return false;
  return shape === 'managed' || world.membership.some((list) => list[index] !== 0);
}

/**
 * Writes an export as text in chunks of about 64 kB, without a byte order mark, lines ending in LF.
 * Shapes: `users` (current, with last-seen, access and group list columns), `users-pivot` (a row per group),
 * `users-2019`, `users-2016`, `managed`.
 */
export async function* writeExport(shape: ExportShape, options: ExportOptions): AsyncGenerator<string> {
  const world = options.world ?? worldOf(options);
  const writer = exportWriter(shape, createTruthReader(world), { accessColumns: options.accessColumns ?? true, groupList: options.groupList ?? true });
  let chunk = csvLine(writer.header);
  for (let index = 0; index < world.count; index += 1) {
    if (!isExported(shape, world, index)) continue;
    for (const row of writer.rows(index)) chunk += csvLine(row);
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
