import { useState } from 'react';
import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { SquareStack } from 'lucide-react';
import { routes } from '@rollcall/contract';
import type { RouteInput } from '@rollcall/contract';
import { useChosenSource } from '../../app/chosen-source.ts';
import { useRead, useWrite } from '../../api/index.ts';
import { Button, Dialog, SectionMessage, Select, Stack, TextArea } from '../../ui/index.ts';
import { actionNames } from '../../words/actions.ts';
import type { ActionVerb } from '../../words/actions.ts';
import { useProblem } from '../../words/problems.ts';
import { AppChoice } from './app-choice.tsx';
import { GroupChoice } from './group-choice.tsx';
import { matchedResources } from './matched-resources.ts';
import { PlanLimits, isReasonTooShort, noLimits, orderedLimits } from './plan-limits.tsx';
import type { ResourceColumn } from './use-inventory.ts';
import { usePeriodRule } from './use-period-rule.ts';

export type ActionSubject = RouteInput<typeof routes.plans.create>['body']['selection'];

/** What takes something away: only that is held to caps and to a shortest period. */
const takingVerbs: ReadonlySet<ActionVerb> = new Set(['remove-app-access', 'suspend-access', 'remove-from-group', 'remove-from-organisation']);

export interface ActionDialogProps {
  readonly verb: ActionVerb;
  readonly subject: ActionSubject;
  /** How many are selected. */
  readonly people: number;
  readonly resources: readonly ResourceColumn[];
  readonly onClose: () => void;
}

/** Chooses what exactly to do, then makes the plan: a dry run that changes nothing. */
export function ActionDialog({ verb, subject, people, resources, onClose }: ActionDialogProps): ReactNode {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const problem = useProblem();
  const matched = subject.kind === 'query' ? matchedResources(subject.q, resources) : null;
  const sources = (useRead(routes.sources.list, {}).data?.items ?? []).filter(({ kind }) => kind === 'atlassian-org');
  const chosen = useChosenSource();
  const [ownSource, setSource] = useState<string | null>(null);
  const [apps, setApps] = useState<readonly number[]>(matched ?? []);
  const [groups, setGroups] = useState<readonly number[]>([]);
  const [note, setNote] = useState('');
  const [limits, setLimits] = useState(noLimits);
  const create = useWrite(routes.plans.create, [routes.plans.list]);
  const source = sources.find(({ id }) => id === (ownSource ?? chosen)) ?? (sources.length === 1 ? sources[0] : undefined);
  const rule = usePeriodRule(subject, source?.timeZone ?? null);
  const takes = takingVerbs.has(verb);
  const needsApps = verb === 'remove-app-access' || verb === 'grant-app-access';
  const needsGroups = verb === 'add-to-group' || verb === 'remove-from-group';
  const ofSource = resources.filter(({ sourceName }) => source === undefined || sourceName === source.name);
  // The accesses that the query matched, nothing else: they are named by the query itself.
  const asMatched = verb === 'remove-app-access' && matched !== null && matched.length > 0 && sameIds(matched, apps);
  const isComplete = source !== undefined && (!needsApps || apps.length > 0) && (!needsGroups || groups.length > 0) && !isReasonTooShort(limits);
  const make = (): void => {
    if (source === undefined) return;
    const params = { ...(needsApps && !asMatched ? { resourceIds: [...apps] } : {}), ...(needsGroups ? { groupIds: [...groups] } : {}) };
    create.mutate(
      { body: { sourceId: source.id, action: verb, params, selection: subject, note: note.trim() === '' ? null : note.trim(), ...orderedLimits(limits) } },
      { onSuccess: ({ id }) => void navigate({ to: '/plans/$planId', params: { planId: id } }) },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={i18n._(actionNames[verb])}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={!isComplete} isPending={create.isPending} onPress={make}>{t`Make the plan`}</Button>
        </>
      }
      footerStart={<span className="rc-small rc-subtle"><Trans>Nothing changes before you apply the plan.</Trans></span>}
    >
      <Stack gap={16}>
        <div className="inv-source">
          <SquareStack size={16} aria-hidden />
          <span>
            <Plural value={people} one="# person" other="# people" />
            {source !== undefined && <> · <strong>{source.name}</strong></>}
          </span>
        </div>
        {source?.readOnly === true && <SectionMessage tone="warning"><Trans>This source is in read-only mode: the plan can be made and looked at, not applied.</Trans></SectionMessage>}
        {sources.length > 1 && <Select label={t`Source`} isRequired options={sources.map(({ id, name }) => ({ id, label: name }))} value={source?.id ?? null} onChange={setSource} />}
        {needsApps && <AppChoice verb={verb} resources={ofSource} value={apps} onChange={setApps} isAsMatched={asMatched} />}
        {needsGroups && source !== undefined && <GroupChoice sourceId={source.id} value={groups} onChange={setGroups} />}
        {verb === 'remove-from-organisation' && <SectionMessage tone="warning" title={t`This cannot be undone`}><Trans>Groups and roles are lost. To come back, each person must be invited again. Suspending access keeps them.</Trans></SectionMessage>}
        <TextArea label={t`Note`} description={t`Stands in the plan, the run log and the audit trail.`} rows={2} value={note} onChange={setNote} maxLength={1000} />
        {takes && <PlanLimits draft={limits} rule={rule} onChange={(part) => setLimits((before) => ({ ...before, ...part }))} />}
        {create.error !== null && <SectionMessage tone="error" isAnnounced title={problem(create.error).title}>{problem(create.error).detail}</SectionMessage>}
      </Stack>
    </Dialog>
  );
}

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
