import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@rollcall/contract';
import { readKey, useMay, useRead, useRouteEvents } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { Breadcrumbs, Card, Link, Page, ProgressBar, SectionMessage, Stack, Stepper } from '../../ui/index.ts';
import { ExportSteps } from './export-steps.tsx';
import { ImportStep } from './import-step.tsx';
import { SendFileStep } from './send-file-step.tsx';
import { TakeForm } from './take-form.tsx';
import { UploadPreview } from './upload-preview.tsx';
import type { Upload } from './upload-preview.tsx';
import { UploadRefused } from './upload-refused.tsx';
import './sources.css';

const route = getRouteApi('/shell/sources/upload');
const readingStates: ReadonlySet<Upload['state']> = new Set(['receiving', 'received', 'reading']);

/** Choose a file, look at what it holds, take it. Each step stands in the address: a reload goes on where it was. */
export function UploadScreen(): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const may = useMay('sync');
  const { upload, sync, source, attachTo } = route.useSearch();
  const wanted = { source, attachTo };
  const goTo = (step: { readonly upload?: string; readonly sync?: string }): void => void navigate({ to: '/sources/upload', search: { ...wanted, ...step } });
  const current = sync !== undefined ? 2 : upload !== undefined ? 1 : 0;
  return (
    <Page
      title={t`Upload an export`}
      description={t`A CSV export from admin.atlassian.com, old or new: users with app access and last active dates, or managed accounts.`}
      breadcrumbs={
        <Breadcrumbs>
          <Link to="/sources">{t`Sources`}</Link>
        </Breadcrumbs>
      }
    >
      {may ? (
        <Stack gap={24}>
          <Stepper label={t`Steps`} steps={[t`Choose the file`, t`Look at it`, t`Take it in`]} current={current} />
          {sync !== undefined && <ImportStep syncId={sync} onAgain={() => goTo(upload === undefined ? {} : { upload })} />}
          {sync === undefined && upload !== undefined && (
            <LookStep key={upload} uploadId={upload} wanted={wanted} onTaken={(syncId) => goTo({ upload, sync: syncId })} onAgain={() => goTo({})} />
          )}
          {sync === undefined && upload === undefined && (
            <div className="source-layout">
              <SendFileStep onSent={(id) => goTo({ upload: id })} />
              <Card title={t`How to get the file`}>
                <ExportSteps />
              </Card>
            </div>
          )}
        </Stack>
      ) : (
        <SectionMessage tone="warning" title={t`You may not upload`}>
          <Trans>Viewers look; operators, approvers and administrators upload. Ask an administrator of your Rollcall.</Trans>
        </SectionMessage>
      )}
    </Page>
  );
}

interface LookStepProps {
  readonly uploadId: string;
  readonly wanted: { readonly source: string | undefined; readonly attachTo: string | undefined };
  readonly onTaken: (syncId: string) => void;
  readonly onAgain: () => void;
}

function LookStep({ uploadId, wanted, onTaken, onAgain }: LookStepProps): ReactNode {
  const { t } = useLingui();
  const queries = useQueryClient();
  const input = { params: { uploadId } };
  const upload = useRead(routes.uploads.get, input);
  const isReading = upload.data !== undefined && readingStates.has(upload.data.state);
  const { latest } = useRouteEvents(routes.uploads.events, isReading ? input : null, (event) => !readingStates.has(event.state));
  useEffect(() => {
    if (latest !== null) queries.setQueryData(readKey(routes.uploads.get, { params: { uploadId } }), latest);
  }, [latest, queries, uploadId]);
  return (
    <Reading of={upload}>
      {(found) => {
        if (found.refusal !== null) return <UploadRefused upload={found} onAgain={onAgain} />;
        if (found.preview === null) {
          return (
            <Card title={found.fileName}>
              <ProgressBar label={t`Reading the file`} value={found.progress?.total == null ? null : found.progress.done} max={found.progress?.total ?? 1} />
            </Card>
          );
        }
        return (
          <div className="source-layout">
            <UploadPreview upload={found} preview={found.preview} />
            <TakeForm upload={found} preview={found.preview} wanted={wanted} onTaken={(_, syncId) => onTaken(syncId)} onDrop={onAgain} />
          </div>
        );
      }}
    </Reading>
  );
}
