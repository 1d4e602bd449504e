import { routes } from '@rollcall/contract';
import { parseCivilDate } from '@rollcall/core';
import { Option } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { command, online } from '../command.ts';
import { download } from '../connection/download.ts';
import type { Context, Session } from '../context.ts';
import { findSource } from '../names/find-source.ts';
import { confirm } from '../terminal/ask.ts';
import { sendFile } from './send-file.ts';
import type { Upload } from './send-file.ts';
import { previewText } from './show-preview.ts';
import { dayOption } from './source-options.ts';
import { syncSentence, watchSync } from './watch-sync.ts';

interface ImportOptions {
  readonly as?: string;
  readonly source?: string;
  readonly attachTo?: string;
  readonly exported?: string;
  readonly timeZone?: string;
  readonly problems?: string;
  readonly previewOnly?: true;
  readonly yes?: true;
}

/** `rollcall import FILE.csv` */
export function importCommand(context: Context): Command {
  return command('import', 'Take a CSV export of Atlassian into the inventory, after a preview', [
    'rollcall import export-users.csv --as "Acme export"',
    'rollcall import export-users.csv --source "Acme export"     # a newer export of the same',
    'rollcall import managed-accounts.csv --attach-to Acme       # evidence for a connected organisation',
    'rollcall import export-users.csv --preview-only --problems problems.csv',
  ])
    .argument('<file>', 'the CSV export')
    .addOption(new Option('--as <name>', 'make an inventory of its own with this name').conflicts(['source', 'attachTo']))
    .addOption(new Option('--source <source>', 'a newer export of this file source').conflicts('attachTo'))
    .option('--attach-to <source>', 'evidence for this organisation')
    .option('--exported <day>', "the day of the export, YYYY-MM-DD (default: the file's)", dayOption)
    .option('--time-zone <zone>', 'time zone of a new inventory', 'UTC')
    .option('--problems <file>', 'write the rows that cannot be taken to a CSV file')
    .option('--preview-only', 'show what would be taken and drop the file')
    .option('--yes', 'do not ask')
    .action(online(context, importFile));
}

async function importFile(session: Session, file: string, options: ImportOptions): Promise<void> {
  const { client, terminal } = session;
  const upload = await sendFile(session, file);
  const params = { uploadId: upload.id };
  if (upload.refusal !== null) {
    await client.call(routes.uploads.remove, { params });
    throw usageError(`${file} cannot be taken. ${upload.refusal.message}`);
  }
  if (options.problems !== undefined) await download(client, session, routes.uploads.problems, { params }, options.problems);
  if (options.previewOnly === true) {
    session.answer(upload, () => previewText(upload, session));
    await client.call(routes.uploads.remove, { params });
    return;
  }
  if (!session.json) session.note(previewText(upload, session).trimEnd());
  const body = { as: await destination(session, file, options), exportedOn: exportDay(upload, options.exported) };
  const sure = options.yes === true || terminal.input.isTTY !== true || (await confirm(terminal, 'Take it into the inventory?', ''));
  if (!sure) {
    await client.call(routes.uploads.remove, { params });
    throw usageError('Nothing was taken.');
  }
  const { sync } = await client.call(routes.uploads.take, { params, body });
  const last = await watchSync(session, sync);
  session.answer(last, () => `${syncSentence(last)}\n`);
}

function exportDay(upload: Upload, given: string | undefined): string {
  const day = given ?? upload.preview?.suggestedExportDay ?? null;
  if (day === null || parseCivilDate(day) === null) throw usageError('Nothing says when this file was exported. Give the day with --exported YYYY-MM-DD.');
  return day;
}

async function destination({ client }: Session, file: string, options: ImportOptions) {
  if (options.source !== undefined) return { kind: 'source' as const, sourceId: (await findSource(client, options.source)).id };
  if (options.attachTo !== undefined) return { kind: 'attachTo' as const, sourceId: (await findSource(client, options.attachTo)).id };
  const name = options.as ?? file.split(/[/\\]/).at(-1)?.replace(/\.\w+$/, '') ?? 'CSV export';
  return { kind: 'newSource' as const, name, timeZone: options.timeZone ?? 'UTC' };
}
