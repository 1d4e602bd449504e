import type { routes, RouteAnswer } from '@rollcall/contract';
import type { Plan } from '../names/find-plan.ts';
import type { Output } from '../terminal/output.ts';
import type { Colour } from '../terminal/paint.ts';
import { facts, table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { counted, people, shortId, spaced } from '../terminal/words.ts';

export type PlanItem = RouteAnswer<typeof routes.plans.items>['items'][number];

const decisionTitles = { act: 'act', skip: 'skip', look: 'needs a look' } as const;
const titleByDecision = new Map<string, string>(Object.entries(decisionTitles));
const decisionColours: Readonly<Record<PlanItem['decision'], Colour>> = { act: 'green', skip: 'dim', look: 'yellow' };

export function planList(plans: readonly Plan[], { paint }: Output): string {
  if (plans.length === 0) return 'No plan yet. Make one with: rollcall plan remove-app-access …\n';
  return table(
    [
      { title: 'Plan', value: (plan: Plan) => shortId(plan.id) },
      { title: 'Made', value: (plan) => clockTime(plan.createdAt) },
      { title: 'Source', value: (plan) => plan.sourceName },
      { title: 'Action', value: (plan) => plan.actionTitle + (plan.undoOf === null ? '' : ' (undo)') },
      { title: 'State', value: (plan) => plan.state },
      { title: 'People', value: (plan) => plan.totals?.act ?? null, align: 'right' },
      { title: 'By', value: (plan) => plan.createdBy },
    ],
    plans,
    paint,
  );
}

/** A plan: what it rests on, what it would do, what it leaves out and why, and the guards. */
export function planText(plan: Plan, output: Output): string {
  const { paint } = output;
  const { basis, totals } = plan;
  const head = facts([
    ['Plan', plan.id],
    ['Source', plan.sourceName],
    ['Action', plan.actionTitle + (plan.undoOf === null ? '' : `, undo of run ${shortId(plan.undoOf)}`)],
    ['State', plan.state],
    ['Why', plan.problem?.text ?? null],
    ['Rests on', basis.sentence],
    ['Query', basis.q],
    ['Period', basis.period === null ? null : `${basis.period.from} to ${basis.period.to}, as of ${basis.period.asOf}`],
    ['Inventory of', clockTime(plan.inventoryAt) || null],
    ['Note', plan.note],
    ['Made by', `${plan.createdBy}, ${clockTime(plan.createdAt)}`],
    ['Good until', clockTime(plan.expiresAt)],
  ]);
  const sums = totals === null ? '' : `\n${totalsText(plan, totals, output)}`;
  const guards = plan.guards.map(({ passed, text }) => `  ${passed ? paint('green', 'passed ') : paint('red', 'refused')}  ${text}\n`).join('');
  const warning = plan.warning === null ? '' : `\n${paint('yellow', plan.warning)}\n`;
  return `${head}${sums}${guards === '' ? '' : `\nGuards\n${guards}`}${warning}`;
}

function totalsText(plan: Plan, totals: NonNullable<Plan['totals']>, { paint }: Output): string {
  const seats = totals.seats.map(({ title, site, people: count }) => `  ${title} on ${site}: ${people(count)}\n`).join('');
  const reasons = Object.entries(totals.byReason).toSorted(([, a], [, b]) => b - a);
  return [
    `${paint('bold', `${plan.actionTitle}: ${people(totals.act)}`)} (${counted(totals.calls, 'call')})\n`,
    seats,
    table(
      [
        { title: 'Rows', value: ([, count]: readonly [string, number]) => count, align: 'right' },
        { title: 'Decision', value: ([key]) => decisionOf(key) },
        { title: 'Reason', value: ([key]) => spaced(key.slice(key.indexOf('.') + 1)), widest: 80 },
      ],
      reasons,
      paint,
    ),
  ].join('');
}

/** The keys of `byReason` are `decision.reason`. */
function decisionOf(key: string): string {
  const [decision = ''] = key.split('.');
  return titleByDecision.get(decision) ?? decision;
}

export function planItemsText(items: readonly PlanItem[], { paint }: Output): string {
  return table(
    [
      { title: 'Decision', value: (item: PlanItem) => decisionTitles[item.decision], colour: (item) => decisionColours[item.decision] },
      { title: 'Name', value: (item) => item.name ?? item.vendorId, widest: 26 },
      { title: 'E-mail', value: (item) => item.email ?? '', widest: 34 },
      { title: 'Why', value: (item) => item.reason.text, widest: 90 },
      { title: 'What is done', value: (item) => item.calls.map(({ text }) => text).join('; '), widest: 90 },
      { title: 'Side effects', value: (item) => item.sideEffects.map(({ text }) => text).join('; '), widest: 90 },
    ],
    items,
    paint,
  );
}
