import type { routes, RouteAnswer } from '@rollcall/contract';
import type { Run } from '../names/find-plan.ts';
import type { Output } from '../terminal/output.ts';
import type { Colour } from '../terminal/paint.ts';
import { facts, table } from '../terminal/table.ts';
import { clockTime, duration } from '../terminal/times.ts';
import { counted, shortId, spaced } from '../terminal/words.ts';

export type RunItem = RouteAnswer<typeof routes.runs.items>['items'][number];

const stateColours: Readonly<Partial<Record<RunItem['state'], Colour>>> = { verified: 'green', alreadySo: 'green', failed: 'red', uncertain: 'yellow', skipped: 'dim' };
const stateTitles: Readonly<Partial<Record<RunItem['state'], string>>> = { alreadySo: 'already so', intent: 'begun' };

/** What is decided, whether by doing or by leaving: the bar of a run. */
export function runProgress({ totals, pilot, state, stateReason, secondsLeft, parkedUntil }: Run) {
  const done = totals.total - totals.pending - totals.intent - totals.applied;
  const waiting = parkedUntil === null ? '' : `, waits for the vendor until ${clockTime(parkedUntil)}`;
  const failed = totals.failed === 0 ? '' : `, ${totals.failed.toLocaleString('en-US')} failed`;
  return { text: `${state}${stateReason === null ? '' : `: ${spaced(stateReason)}`}${waiting}${failed}`, done, total: Math.min(totals.total, pilot ?? totals.total), secondsLeft };
}

export function runList(runs: readonly Run[], { paint }: Output): string {
  if (runs.length === 0) return 'No run yet.\n';
  return table(
    [
      { title: 'Run', value: (run: Run) => shortId(run.id) },
      { title: 'When', value: (run) => clockTime(run.queuedAt) },
      { title: 'Source', value: (run) => run.sourceName },
      { title: 'Action', value: (run) => run.actionTitle + (run.undoOf === null ? '' : ' (undo)') },
      { title: 'State', value: (run) => run.state },
      { title: 'People', value: (run) => run.totals.total, align: 'right' },
      { title: 'Verified', value: (run) => run.totals.verified + run.totals.alreadySo, align: 'right' },
      { title: 'Failed', value: (run) => run.totals.failed, align: 'right', colour: (run) => (run.totals.failed > 0 ? 'red' : null) },
      { title: 'By', value: (run) => run.requestedBy },
    ],
    runs,
    paint,
  );
}

export function runText(run: Run, { paint }: Output): string {
  const { totals } = run;
  const took = run.startedAt === null || run.finishedAt === null ? null : duration((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1_000);
  const numbers = (['verified', 'alreadySo', 'applied', 'skipped', 'failed', 'uncertain', 'cancelled', 'intent', 'pending'] as const).filter((name) => totals[name] > 0);
  const head = facts([
    ['Run', run.id],
    ['Plan', run.planId],
    ['Source', run.sourceName],
    ['Action', run.actionTitle + (run.undoOf === null ? '' : `, undo of run ${shortId(run.undoOf)}`)],
    ['State', run.state + (run.stateReason === null ? '' : `: ${spaced(run.stateReason)}`)],
    ['Pilot', run.pilot === null ? null : `the first ${run.pilot.toLocaleString('en-US')}`],
    ['Started by', `${run.requestedBy}, ${clockTime(run.queuedAt)}`],
    ['Took', took],
    ['People', totals.total],
    ...numbers.map((name) => [`  ${stateTitles[name] ?? name}`, totals[name]] as const),
    ['Undo plan', run.undonePlanId],
  ]);
  return `${head}\n${paint('bold', run.sentence)}\n${run.halt === null ? '' : `${paint('yellow', run.halt.text)}\n`}`;
}

export function runItemsText(items: readonly RunItem[], { paint }: Output): string {
  if (items.length === 0) return 'No rows.\n';
  return table(
    [
      { title: 'Row', value: (item: RunItem) => `#${item.id}` },
      { title: 'Result', value: (item) => stateTitles[item.state] ?? item.state, colour: (item) => stateColours[item.state] ?? null },
      { title: 'Name', value: (item) => item.name ?? item.vendorId, widest: 26 },
      { title: 'E-mail', value: (item) => item.email ?? '', widest: 34 },
      { title: 'What was done', value: (item) => item.calls.map(({ text, state }) => `${text} (${state})`).join('; '), widest: 80 },
      { title: 'Why', value: (item) => item.reason?.text ?? '', widest: 80 },
      { title: "The vendor's words", value: (item) => item.message ?? '', widest: 80 },
      ...(items.some(({ recheck }) => recheck !== null) ? [{ title: 'Read again', value: recheckText, widest: 80 }] : []),
    ],
    items,
    paint,
  );
}

const recheckAnswers = { done: 'the change is in place', notDone: 'the change is not in place: it never took effect, or was taken back since', cannotTell: 'the vendor cannot tell' } as const;

function recheckText({ recheck }: RunItem): string {
  return recheck === null ? '' : `${clockTime(recheck.at)}: ${recheckAnswers[recheck.answer]}`;
}

/** What can be done after a run, where something can. */
export function nextSteps(run: Run): string {
  const id = shortId(run.id);
  const { failed, uncertain, verified, alreadySo, applied } = run.totals;
  const steps = [
    ...(run.state === 'paused' ? [`Go on with: rollcall run resume ${id}`] : []),
    ...(failed > 0 ? [`${counted(failed, 'row')} failed: rollcall run items ${id} --state failed`] : []),
    ...(uncertain > 0 ? [`${counted(uncertain, 'row')} must be looked at: rollcall run items ${id} --state uncertain`] : []),
    ...(verified + alreadySo + applied > 0 && run.undoOf === null ? [`Take it back with: rollcall undo ${id} --apply`] : []),
  ];
  return steps.join('\n');
}
