import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useMay, useMe, useRead, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Reading } from '../../app/reading.tsx';
import { Button, Card, NumberField, SectionMessage, Stack, Switch, TextField, showFlag } from '../../ui/index.ts';
import './settings.css';

type Settings = RouteAnswer<typeof routes.session.settings>;

/** The rules that plans and runs of this workspace keep to. */
export function WorkspaceTab(): ReactNode {
  const settings = useRead(routes.session.settings, {});
  return <Reading of={settings}>{(found) => <SettingsForm key={JSON.stringify(found)} settings={found} />}</Reading>;
}

function SettingsForm({ settings }: { readonly settings: Settings }): ReactNode {
  const { t } = useLingui();
  const me = useMe();
  const mayChange = useMay('administer') && me.sourceIds === null && me.sites === null;
  const [draft, setDraft] = useState(settings);
  const change = useWrite(routes.session.changeSettings, [routes.session.settings, routes.session.me]);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings);
  const field = (name: Exclude<keyof Settings, 'caps' | 'breaker' | 'workspaceName' | 'approverApplies'>, max: number) => ({
    value: draft[name], minValue: 1, maxValue: max, isReadOnly: !mayChange, onChange: (value: number) => setDraft({ ...draft, [name]: Number.isNaN(value) ? settings[name] : value }),
  });
  const setCap = (name: keyof Settings['caps']) => (value: number) => setDraft({ ...draft, caps: { ...draft.caps, [name]: Number.isNaN(value) ? settings.caps[name] : value } });
  const setBreaker = (name: keyof Settings['breaker']) => (value: number) => setDraft({ ...draft, breaker: { ...draft.breaker, [name]: Number.isNaN(value) ? settings.breaker[name] : value } });
  const save = (): void => change.mutate({ body: { ...draft, workspaceName: draft.workspaceName.trim() } }, { onSuccess: () => showFlag({ tone: 'success', title: t`Saved` }) });
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {!mayChange && <SectionMessage>{t`Only administrators of the whole workspace change these.`}</SectionMessage>}
      <Card title={t`Workspace`}>
        <TextField label={t`Name`} value={draft.workspaceName} onChange={(workspaceName) => setDraft({ ...draft, workspaceName })} isReadOnly={!mayChange} isRequired maxLength={100} />
      </Card>
      <Card title={t`Blast radius`}>
        <Stack gap={16}>
          <p className="rc-subtle">
            <Trans>A plan that takes something from more people than this is refused as a whole, never cut short.</Trans>
          </p>
          <div className="settings-two">
            <NumberField label={t`At most`} unit={t`people`} minValue={1} maxValue={10_000_000} value={draft.caps.people} onChange={setCap('people')} isReadOnly={!mayChange} />
            <NumberField label={t`At most, of the active accounts`} unit="%" minValue={0.1} maxValue={100} step={0.1} value={draft.caps.percent} onChange={setCap('percent')} isReadOnly={!mayChange} />
            <NumberField label={t`Type the number back from`} unit={t`people`} description={t`Whoever applies a plan of this size types the number of people.`} {...field('typeBackFrom', 10_000_000)} />
          </div>
          <Switch isSelected={draft.approverApplies} isDisabled={!mayChange} onChange={(approverApplies) => setDraft({ ...draft, approverApplies })} description={t`Operators then make plans, and somebody else applies them.`}>
            {t`Only approvers and administrators apply plans`}
          </Switch>
        </Stack>
      </Card>
      <Card title={t`Circuit breaker`}>
        <Stack gap={16}>
          <p className="rc-subtle">
            <Trans>A run stops itself when many people fail, says in which way, and goes on when somebody resumes it.</Trans>
          </p>
          <div className="settings-two">
            <NumberField label={t`Look at the last`} unit={t`people`} minValue={2} maxValue={1000} value={draft.breaker.people} onChange={setBreaker('people')} isReadOnly={!mayChange} />
            <NumberField label={t`Stop when this share of them failed`} unit="%" minValue={1} maxValue={100} value={draft.breaker.percent} onChange={setBreaker('percent')} isReadOnly={!mayChange} />
          </div>
        </Stack>
      </Card>
      <Card title={t`When somebody counts as inactive`}>
        <div className="settings-two">
          <NumberField label={t`Shortest period`} unit={t`days`} description={t`Plans that rest on inactivity over a shorter time are refused, such as "This month" on the 2nd.`} {...field('minimumPeriodDays', 3650)} />
          <NumberField label={t`Data is fresh for`} unit={t`hours`} description={t`Older readings prove nothing about today. New sources begin with it; each can have its own.`} {...field('freshnessHours', 8760)} />
          <NumberField label={t`Unknown activity at most`} unit="%" description={t`Plans that rest on inactivity are refused while the last activity of more app accesses than this is unknown.`} {...field('mostUnknownPercent', 100)} />
          <NumberField label={t`Low usage below`} unit={t`days`} description={t`Active on fewer different days in the period.`} {...field('lowUsageDays', 31)} />
          <NumberField label={t`Plans expire after`} unit={t`hours`} description={t`An expired plan cannot be applied: make it again.`} {...field('planExpiryHours', 8760)} />
        </div>
      </Card>
      <ProblemMessage error={change.error} />
      {mayChange && (
        <div className="settings-buttons">
          <Button type="submit" appearance="primary" isDisabled={!isChanged || draft.workspaceName.trim() === ''} isPending={change.isPending}>{t`Save`}</Button>
          {isChanged && <Button appearance="subtle" onPress={() => setDraft(settings)}>{t`Discard changes`}</Button>}
        </div>
      )}
    </form>
  );
}
