import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { Button, Checkbox, Dialog, SectionMessage, Stack, TextField } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { asBody } from './views-menu.tsx';
import type { SavedView } from './views-menu.tsx';

export interface ViewDialogProps {
  readonly kind: 'save' | 'rename' | 'remove';
  readonly view: SavedView | undefined;
  readonly search: SavedView['search'];
  readonly onClose: () => void;
  readonly onSaved: (view: SavedView) => void;
  readonly onRemoved: () => void;
}

/** Saves, renames or deletes a view. */
export function ViewDialog({ kind, view, search, onClose, onSaved, onRemoved }: ViewDialogProps): ReactNode {
  const { t } = useLingui();
  const problem = useProblem();
  const [name, setName] = useState(kind === 'rename' ? (view?.name ?? '') : '');
  const [isShared, setShared] = useState(kind === 'rename' ? (view?.shared ?? true) : true);
  const save = useWrite(routes.inventory.saveView, [routes.inventory.views]);
  const change = useWrite(routes.inventory.changeView, [routes.inventory.views]);
  const remove = useWrite(routes.inventory.removeView, [routes.inventory.views]);
  const error = save.error ?? change.error ?? remove.error;
  const done = (saved: SavedView): void => {
    onSaved(saved);
    onClose();
  };
  const act = (): void => {
    if (kind === 'save') save.mutate({ body: { name, shared: isShared, search: asBody(search) } }, { onSuccess: done });
    else if (view === undefined) onClose();
    else if (kind === 'rename') change.mutate({ params: { viewId: view.id }, body: { name, shared: isShared } }, { onSuccess: done });
    else remove.mutate({ params: { viewId: view.id } }, { onSuccess: () => { onRemoved(); onClose(); } });
  };
  const titles = { save: t`Save as a view`, rename: t`Rename the view`, remove: t`Delete the view?` };
  const isPending = save.isPending || change.isPending || remove.isPending;
  const viewName = view?.name ?? '';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="small"
      title={titles[kind]}
      tone={kind === 'remove' ? 'danger' : 'default'}
      onSubmit={act}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance={kind === 'remove' ? 'danger' : 'primary'} isPending={isPending} isDisabled={kind !== 'remove' && name.trim() === ''} type="submit">
            {kind === 'remove' ? t`Delete` : t`Save`}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        {kind === 'remove' ? (
          <p>
            <Trans>“{viewName}” leaves the list for everybody. No account is touched.</Trans>
          </p>
        ) : (
          <>
            <TextField label={t`Name`} value={name} onChange={setName} isRequired maxLength={100} />
            <Checkbox isSelected={isShared} onChange={setShared} description={t`Everybody who may read the inventory sees it in the menu.`}>{t`Shared`}</Checkbox>
          </>
        )}
        {error !== null && <SectionMessage tone="error" isAnnounced title={problem(error).title}>{problem(error).detail}</SectionMessage>}
      </Stack>
    </Dialog>
  );
}
