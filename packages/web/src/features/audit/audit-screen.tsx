import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { api, useMay, useMe, useRead } from '../../api/index.ts';
import { useDownload } from '../../app/use-download.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, ComboBox, FilterChip, Inline, Page, SectionMessage, Select, Skeleton, Stack, Toolbar } from '../../ui/index.ts';
import { AuditEventDrawer } from './audit-event-drawer.tsx';
import { auditKindNames } from './audit-kinds.ts';
import { AuditTable } from './audit-table.tsx';
import { VerifyCard } from './verify-card.tsx';

const route = getRouteApi('/shell/audit');
const all = 'all';

/** Everything that was done in this workspace, by whom, in a chain that shows every change of it. */
export function AuditScreen(): ReactNode {
  const { t } = useLingui();
  const me = useMe();
  const mayRead = useMay('audit');
  const trail = useDownload(routes.audit.export);
  const seesAll = me.sourceIds === null && me.sites === null;
  return (
    <Page
      title={t`Audit`}
      description={t`Everything that people, tokens and schedules did here. Each event holds the fingerprint of the one before it, so a changed, removed or reordered event is found.`}
      actions={
        mayRead &&
        seesAll && (
          <Button iconBefore={<Download aria-hidden />} isPending={trail.isPending} onPress={() => trail.start({})}>{t`Export`}</Button>
        )
      }
    >
      {mayRead ? (
        <>
          {seesAll && <VerifyCard />}
          <Events />
        </>
      ) : (
        <SectionMessage tone="warning" title={t`You may not read the audit trail`}>
          <Trans>Approvers and administrators read it. Ask an administrator of your Rollcall.</Trans>
        </SectionMessage>
      )}
    </Page>
  );
}

function Events(): ReactNode {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { kind, actor, subjectId, event: openSeq } = route.useSearch();
  const search = { kind, actor, subjectId };
  const goTo = (change: { kind?: string | undefined; actor?: string | undefined; subjectId?: string | undefined; event?: number | undefined }): void => void navigate({ to: '/audit', search: { ...search, ...change }, replace: true });
  const events = useInfiniteQuery({
    queryKey: [routes.audit.list.path, search],
    queryFn: ({ pageParam, signal }) => api.call(routes.audit.list, { query: { ...search, limit: 50, ...(pageParam === null ? {} : { after: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  const open = items.find((event) => event.seq === openSeq);
  return (
    <Stack gap={12}>
      <Toolbar label={t`Filters`}>
        <ComboBox label={t`What happened`} isLabelHidden placeholder={t`Everything that happened`} options={Object.entries(auditKindNames).map(([id, name]) => ({ id, label: i18n._(name) }))} value={kind ?? null} onChange={(id) => goTo({ kind: id ?? undefined })} />
        <ActorSelect actor={actor} onChange={(id) => goTo({ actor: id })} />
        {subjectId !== undefined && <FilterChip name={t`About`} value={subjectId} onRemove={() => goTo({ subjectId: undefined })} />}
      </Toolbar>
      <ProblemMessage error={events.error} />
      {events.isPending ? <Skeleton height={240} /> : <AuditTable events={items} onOpen={(event) => goTo({ event: event.seq })} />}
      {events.hasNextPage && (
        <Inline>
          <Button isPending={events.isFetchingNextPage} onPress={() => void events.fetchNextPage()}>{t`Show older events`}</Button>
        </Inline>
      )}
      {open !== undefined && <AuditEventDrawer event={open} onClose={() => goTo({})} onOnlySubject={(id) => goTo({ subjectId: id })} />}
    </Stack>
  );
}

/** Administrators choose among all people; others among themselves, the CLI and Rollcall itself. */
function ActorSelect({ actor, onChange }: { readonly actor: string | undefined; readonly onChange: (actor: string | undefined) => void }): ReactNode {
  const { t } = useLingui();
  const me = useMe();
  const mayAdminister = useMay('administer');
  const people = useRead(routes.session.people, {}, { isEnabled: mayAdminister }).data?.items ?? [];
  const listed = mayAdminister ? people.map((person) => ({ id: `person:${person.id}`, label: person.name })) : [{ id: `person:${me.id}`, label: me.name }];
  const options = [{ id: all, label: t`Everybody` }, ...listed, { id: 'local', label: t`CLI on the server` }, { id: 'system', label: t`Rollcall itself` }];
  const known = actor === undefined || options.some((option) => option.id === actor) ? options : [...options, { id: actor, label: actor }];
  return <Select label={t`Who`} isLabelHidden options={known} value={actor ?? all} onChange={(id) => onChange(id === all ? undefined : id)} />;
}
