import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useDownload } from '../../app/use-download.ts';
import { CivilDate, FormattedNumber } from '../../i18n/index.ts';
import { Badge, Button, Card, classNames, DescriptionList, Inline, Lozenge, SectionMessage, Stack, Table } from '../../ui/index.ts';
import { formatBytes } from './format-bytes.ts';
import { lineProblemNames, shapeNames } from './upload-words.ts';

export type Upload = RouteAnswer<typeof routes.uploads.get>;
export type Preview = NonNullable<Upload['preview']>;

interface NumberedRow {
  readonly number: number;
  readonly cells: readonly string[];
}

const shownColumns = 30;

/** What the file is and holds, before it is taken. */
export function UploadPreview({ upload, preview }: { readonly upload: Upload; readonly preview: Preview }): ReactNode {
  const { t, i18n } = useLingui();
  const shape = shapeNames[preview.shape];
  const separators: Readonly<Record<string, string>> = { ',': t`comma`, ';': t`semicolon`, '\t': t`tab` };
  const separator = separators[preview.separator] ?? preview.separator;
  return (
    <Stack gap={16}>
      <Card title={upload.fileName} actions={<Lozenge appearance="success">{t`Recognised`}</Lozenge>}>
        <DescriptionList
          facts={[
            { label: t`Kind`, value: shape === undefined ? preview.shapeTitle : i18n._(shape) },
            { label: t`Accounts`, value: <FormattedNumber value={preview.accounts} /> },
            { label: t`Rows`, value: <FormattedNumber value={preview.rows} /> },
            { label: t`Last active dates`, value: preview.firstDay === null || preview.lastDay === null ? t`None in the file` : <><CivilDate date={preview.firstDay} /> – <CivilDate date={preview.lastDay} /></> },
            { label: t`File`, value: `${formatBytes(i18n.locale, upload.sizeBytes)}, ${preview.encoding.toUpperCase()}, ${separator}` },
          ]}
        />
      </Card>
      <Card title={t`Apps and sites`}>
        <Inline gap={8}>
          {preview.apps.map((app) => (
            <span key={`${app.app} ${app.site ?? ''}`} className={classNames('rc-chip', !app.hasAccessColumn && 'source-chip-dashed')}>
              <span className="rc-chip-text">{app.site === null ? app.title : t`${app.title} on ${app.site}`}</span>
            </span>
          ))}
        </Inline>
        {preview.apps.some((app) => !app.hasAccessColumn) && (
          <p className="rc-small rc-subtle">
            <Trans>Dashed: the file says when the app was last used, but not who has access. Access is then unknown, even where "Never accessed" stands.</Trans>
          </p>
        )}
        {preview.ignoredColumns.length > 0 && <p className="rc-small rc-subtle">{t`Columns that are not used: ${preview.ignoredColumns.slice(0, 20).join(', ')}`}</p>}
      </Card>
      <Problems upload={upload} preview={preview} />
      <Card title={t`First rows`}>
        <Table
          label={t`First rows`}
          columns={preview.header.slice(0, shownColumns).map((name, index) => ({ id: String(index), header: name, cell: ({ cells }: NumberedRow) => <span className="source-cell">{cells[index]}</span> }))}
          rows={preview.firstRows.map((cells, number) => ({ number, cells }))}
          rowKey={({ number }) => String(number)}
        />
        {preview.header.length > shownColumns && <p className="rc-small rc-subtle">{t`Only the first ${shownColumns} columns are shown.`}</p>}
      </Card>
    </Stack>
  );
}

function Problems({ upload, preview }: { readonly upload: Upload; readonly preview: Preview }): ReactNode {
  const { t, i18n } = useLingui();
  const list = useDownload(routes.uploads.problems);
  const total = Object.values(preview.problemCounts).reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    return <SectionMessage tone="success">{t`No problems: every row can be taken.`}</SectionMessage>;
  }
  const words = (kind: string, message: string): string => (lineProblemNames[kind] === undefined ? message : i18n._(lineProblemNames[kind]));
  return (
    <Card title={t`Problems in the file`} actions={<><Badge value={total} appearance="important" /><Button appearance="link" isPending={list.isPending} onPress={() => list.start({ params: { uploadId: upload.id } })}>{t`Download all`}</Button></>}>
      <Stack gap={8}>
        <p className="rc-subtle">
          <Trans>The other rows stay usable. What cannot be read counts as unknown, never as inactive.</Trans>
        </p>
        <Table
          label={t`Problems in the file`}
          columns={[
            { id: 'line', header: t`Line`, align: 'end', width: '80px', cell: (problem) => <FormattedNumber value={problem.line} /> },
            { id: 'column', header: t`Column`, cell: (problem) => problem.column ?? '–' },
            { id: 'what', header: t`What is wrong`, cell: (problem) => words(problem.kind, problem.message) },
          ]}
          rows={preview.problems.slice(0, 20)}
          rowKey={(problem) => `${problem.line} ${problem.kind} ${problem.column ?? ''}`}
        />
        {total > 20 && <p className="rc-small rc-subtle">{t`The first 20 are shown; the download has all that were kept.`}</p>}
      </Stack>
    </Card>
  );
}
