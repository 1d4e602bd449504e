import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, offline, online } from '../command.ts';
import { download } from '../connection/download.ts';
import { allItems } from '../connection/pages.ts';
import type { Context, Session } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { wholeNumber } from '../sources/source-options.ts';
import { table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { counted } from '../terminal/words.ts';
import { problemText, verifyFile } from './verify-file.ts';

type AuditEvent = RouteAnswer<typeof routes.audit.list>['items'][number];

/** `rollcall audit …` */
export function auditCommand(context: Context): Command {
  return command('audit', 'The audit trail: list, export, verify', ['rollcall audit list'])
    .addCommand(list(context))
    .addCommand(save(context))
    .addCommand(verify(context));
}

interface ListOptions {
  readonly kind?: string;
  readonly actor?: string;
  readonly subject?: string;
  readonly limit: number;
}

function list(context: Context): Command {
  return command('list', 'List what was done, newest first', ['rollcall audit list --limit 20', 'rollcall audit list --kind plan.applied --json'])
    .option('--kind <kind>', 'only events of this kind')
    .option('--actor <who>', 'only what this person or token did')
    .option('--subject <id>', 'only events about this id')
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .action(
      online(context, async (session, { kind, actor, subject, limit }: ListOptions) => {
        const page = (after: string | undefined) => session.client.call(routes.audit.list, { query: { kind, actor, subjectId: subject, after, limit: Math.min(limit, 500) } });
        const events = await Array.fromAsync(allItems(page, limit));
        session.answer(events, () =>
          table(
            [
              { title: 'No.', value: (event: AuditEvent) => event.seq, align: 'right' },
              { title: 'When', value: (event) => clockTime(event.at) },
              { title: 'Who', value: (event) => event.actor ?? '' },
              { title: 'What', value: (event) => event.text, widest: 120 },
            ],
            events,
            session.paint,
          ),
        );
      }),
    );
}

function save(context: Context): Command {
  return command('export', 'Write the whole audit trail as JSON lines, which can be verified offline', ['rollcall audit export --output audit.jsonl'])
    .option('--output <file>', 'write to a file (default: standard output)')
    .action(
      online(context, async (session, { output }: { output?: string }) => {
        await download(session.client, session, routes.audit.export, {}, output);
      }),
    );
}

function verify(context: Context): Command {
  const onServer = online(context, verifyOnServer);
  const inFile = offline(context, async (output, file: string) => {
    const report = await verifyFile(file);
    output.answer(report, () => (report.ok ? `${file} is whole: ${counted(report.events, 'event')}, head ${report.head.hash}.\n` : `${file} cannot be trusted. ${problemText(report.problem)}\n`));
    if (!report.ok) context.end(exitCodes.failed);
  });
  return command('verify', 'Verify the hash chain: of an exported file offline, or of the server', ['rollcall audit verify audit.jsonl', 'rollcall audit verify'])
    .argument('[file]', 'an exported audit trail; the chain on the server when left out')
    .action(async (file: string | undefined, _options: object, self: Command) => {
      await (file === undefined ? onServer(self) : inFile(file, self));
    });
}

async function verifyOnServer(session: Session): Promise<void> {
  const report = await session.client.call(routes.audit.verify, {});
  session.answer(report, () => (report.ok ? `The audit trail is whole: ${counted(report.events, 'event')}${report.head === null ? '' : `, head ${report.head}`}.\n` : `The audit trail cannot be trusted. ${report.problem?.text ?? ''}\n`));
  if (!report.ok) session.end(exitCodes.failed);
}
