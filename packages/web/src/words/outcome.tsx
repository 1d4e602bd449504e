import type { ReactNode } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import type { plan, run } from '@rollcall/contract';
import type { z } from 'zod';

type Plan = z.output<typeof plan>;
type Run = z.output<typeof run>;

/** "Jira (acme), Confluence (acme)". */
function placesOf(apps: Run['apps']): string {
  return apps.map(({ title, site }) => (site === '' ? title : `${title} (${site})`)).join(', ');
}

/** What a plan does, as its one-sentence headline. */
export function describePlan(found: Plan): ReactNode {
  const people = found.totals?.act ?? 0;
  const places = placesOf(found.totals?.seats ?? []);
  if (found.undoOf !== null) return <Plural value={people} one="# person gets back what the run took" other="# people get back what the run took" />;
  switch (found.action) {
    case 'remove-app-access':
      return places === '' ? <Plural value={people} one="# person loses access to the app" other="# people lose access to the app" /> : <Plural value={people} one={`# person loses ${places}`} other={`# people lose ${places}`} />;
    case 'grant-app-access':
      return places === '' ? <Plural value={people} one="# person gets access to the app" other="# people get access to the app" /> : <Plural value={people} one={`# person gets ${places}`} other={`# people get ${places}`} />;
    case 'suspend-access':
      return <Plural value={people} one="# person is suspended" other="# people are suspended" />;
    case 'restore-access':
      return <Plural value={people} one="# person gets access restored" other="# people get access restored" />;
    case 'add-to-group':
      return <Plural value={people} one="# person joins the group" other="# people join the group" />;
    case 'remove-from-group':
      return <Plural value={people} one="# person leaves the group" other="# people leave the group" />;
    case 'remove-from-organisation':
      return <Plural value={people} one="# person is removed from the organisation" other="# people are removed from the organisation" />;
  }
}

const over: ReadonlySet<Run['state']> = new Set(['done', 'cancelled', 'stopped']);

/** How a run ended, for the people it reached, or how far it is. */
export function describeRun(found: Run): ReactNode {
  const { total, pending, intent, applied } = found.totals;
  const done = total - pending - intent - applied;
  if (!over.has(found.state)) return <Plural value={total} one={`${done} of # person done`} other={`${done} of # people done`} />;
  const people = found.totals.verified + found.totals.alreadySo;
  const places = placesOf(found.apps);
  if (people === 0) return <Trans>No change is verified; the results say why.</Trans>;
  if (found.undoOf !== null) return <Plural value={people} one="# person has back what was taken; verified." other="# people have back what was taken; verified." />;
  switch (found.action) {
    case 'remove-app-access':
      if (places !== '') return <Plural value={people} one={`# person no longer has access to ${places}; verified.`} other={`# people no longer have access to ${places}; verified.`} />;
      return <Plural value={people} one="# person no longer has the app access; verified." other="# people no longer have the app access; verified." />;
    case 'grant-app-access':
      if (places !== '') return <Plural value={people} one={`# person has access to ${places}; verified.`} other={`# people have access to ${places}; verified.`} />;
      return <Plural value={people} one="# person has the app access; verified." other="# people have the app access; verified." />;
    case 'suspend-access':
      return <Plural value={people} one="# person is suspended; verified." other="# people are suspended; verified." />;
    case 'restore-access':
      return <Plural value={people} one="# person has access restored; verified." other="# people have access restored; verified." />;
    case 'add-to-group':
      return <Plural value={people} one="# person is in the group; verified." other="# people are in the group; verified." />;
    case 'remove-from-group':
      return <Plural value={people} one="# person is no longer in the group; verified." other="# people are no longer in the group; verified." />;
    case 'remove-from-organisation':
      return <Plural value={people} one="# person is no longer in the organisation; verified." other="# people are no longer in the organisation; verified." />;
  }
}
