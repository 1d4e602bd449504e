import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { OctagonPause } from 'lucide-react';
import { useMay, useMe } from '../../api/index.ts';
import { IconButton } from '../../ui/index.ts';

const PauseDialog = lazy(() => import('./pause-dialog.tsx').then((module) => ({ default: module.PauseDialog })));

/** The one switch that stops every run and schedule; the banner switches it back. */
export function PauseButton(): ReactNode {
  const { t } = useLingui();
  const { paused } = useMe();
  const may = useMay('apply');
  const [isAsking, setAsking] = useState(false);
  if (!may) return null;
  return (
    <>
      {paused === null && <IconButton label={t`Pause everything`} icon={<OctagonPause aria-hidden />} onPress={() => setAsking(true)} />}
      {isAsking && (
        <Suspense>
          <PauseDialog onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
