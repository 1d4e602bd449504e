import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ChevronDown, Download } from 'lucide-react';
import { Button, Menu } from '../../ui/index.ts';
import type { ExportQuestion } from './export-dialog.tsx';

const ExportDialog = lazy(() => import('./export-dialog.tsx').then(({ ExportDialog: component }) => ({ default: component })));
const formats = ['csv', 'xlsx', 'json'] as const;

/** Exports exactly what is shown: same query, period, order and columns. */
export function ExportMenu({ question }: { readonly question: Omit<ExportQuestion, 'format'> }): ReactNode {
  const { t } = useLingui();
  const [format, setFormat] = useState<(typeof formats)[number] | null>(null);
  return (
    <>
      <Menu
        label={t`Export`}
        trigger={<Button iconBefore={<Download aria-hidden />} iconAfter={<ChevronDown aria-hidden />}>{t`Export`}</Button>}
        groups={[{ id: 'formats', heading: t`What is shown, as`, items: [{ id: 'csv', label: 'CSV', description: t`Safe against spreadsheet formulas` }, { id: 'xlsx', label: t`Excel workbook (XLSX)` }, { id: 'json', label: 'JSON' }] }]}
        onAction={(id) => setFormat(formats.find((one) => one === id) ?? null)}
      />
      {format !== null && (
        <Suspense>
          <ExportDialog question={{ ...question, format }} onClose={() => setFormat(null)} />
        </Suspense>
      )}
    </>
  );
}
