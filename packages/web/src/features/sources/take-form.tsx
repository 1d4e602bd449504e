import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useMe, useRead, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Card, DatePicker, RadioGroup, SectionMessage, Select, Stack, TextField } from '../../ui/index.ts';
import type { Preview, Upload } from './upload-preview.tsx';

type As = 'newSource' | 'source' | 'attachTo';

export interface TakeFormProps {
  readonly upload: Upload;
  readonly preview: Preview;
  /** What the screen was opened for: a newer export of this source, or evidence for this organisation. */
  readonly wanted: { readonly source: string | undefined; readonly attachTo: string | undefined };
  readonly onTaken: (sourceId: string, syncId: string) => void;
  readonly onDrop: () => void;
}

/** As what the file is taken, and when it was exported. */
export function TakeForm({ upload, preview, wanted, onTaken, onDrop }: TakeFormProps): ReactNode {
  const { t } = useLingui();
  const me = useMe();
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const files = sources.filter((source) => source.kind === 'csv' && source.attachedTo === null);
  const organisations = sources.filter((source) => source.kind === 'atlassian-org');
  const [as, setAs] = useState<As>(wanted.source !== undefined ? 'source' : wanted.attachTo !== undefined ? 'attachTo' : 'newSource');
  const [name, setName] = useState(upload.fileName.replace(/\.\w{1,4}$/u, ''));
  const [fileId, setFileId] = useState(wanted.source ?? null);
  const [organisationId, setOrganisationId] = useState(wanted.attachTo ?? null);
  const [exportedOn, setExportedOn] = useState(preview.suggestedExportDay);
  const take = useWrite(routes.uploads.take, [routes.sources.list, routes.session.home]);
  const drop = useWrite(routes.uploads.remove);
  const chosenFile = fileId ?? files[0]?.id ?? null;
  const chosenOrganisation = organisationId ?? organisations[0]?.id ?? null;
  const target = ((): Parameters<typeof take.mutate>[0]['body']['as'] | null => {
    if (as === 'newSource') return name.trim() === '' ? null : { kind: as, name: name.trim() };
    const sourceId = as === 'source' ? chosenFile : chosenOrganisation;
    return sourceId === null ? null : { kind: as, sourceId };
  })();
  const act = (): void => {
    if (target !== null && exportedOn !== null) take.mutate({ params: { uploadId: upload.id }, body: { as: target, exportedOn } }, { onSuccess: ({ sourceId, sync }) => onTaken(sourceId, sync.id) });
  };
  if (me.sourceIds !== null || me.sites !== null) {
    return (
      <SectionMessage tone="warning" title={t`You may look at the file, but not take it`}>
        <Trans>A file holds all sites of an organisation, and you are limited to some sources or sites. Ask somebody who is not.</Trans>
      </SectionMessage>
    );
  }
  return (
    <Card title={t`Take it into the inventory`}>
      <Stack gap={16}>
        <RadioGroup
          label={t`Take it as`}
          value={as}
          onChange={(id) => setAs(id === 'source' || id === 'attachTo' ? id : 'newSource')}
          options={[
            { id: 'newSource', label: t`A source of its own`, description: t`An inventory to look at. Without a key nothing can be changed at Atlassian from it.` },
            { id: 'source', label: t`A newer export of a file source`, description: t`Takes the place of what an earlier file said.`, isDisabled: files.length === 0 },
            { id: 'attachTo', label: t`Evidence for an organisation`, description: t`Its last active dates are put beside what the organisation says; the latest date counts.`, isDisabled: organisations.length === 0 },
          ]}
        />
        {as === 'newSource' && <TextField label={t`Name`} value={name} onChange={setName} isRequired maxLength={100} />}
        {as === 'source' && <Select label={t`File source`} options={files.map((source) => ({ id: source.id, label: source.name }))} value={chosenFile} onChange={setFileId} isRequired />}
        {as === 'attachTo' && <Select label={t`Organisation`} options={organisations.map((source) => ({ id: source.id, label: source.name }))} value={chosenOrganisation} onChange={setOrganisationId} isRequired />}
        <DatePicker
          label={t`Exported on`}
          description={preview.suggestedExportDay === null ? t`The file does not say when it was made. Give the day: what happened after it is unknown, never inactive.` : t`As the file suggests. What happened after this day is unknown, never inactive.`}
          value={exportedOn}
          onChange={setExportedOn}
          isRequired
        />
        <ProblemMessage error={take.error ?? drop.error} />
        <div className="source-buttons">
          <Button appearance="primary" isDisabled={target === null || exportedOn === null} isPending={take.isPending} onPress={act}>{t`Take it`}</Button>
          <Button appearance="subtle" isPending={drop.isPending} onPress={() => drop.mutate({ params: { uploadId: upload.id } }, { onSuccess: onDrop })}>{t`Drop the file`}</Button>
        </div>
      </Stack>
    </Card>
  );
}
