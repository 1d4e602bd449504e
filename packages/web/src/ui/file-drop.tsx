import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { FileUp } from 'lucide-react';
import { DropZone, FileTrigger } from 'react-aria-components';
import type { DropItem, FileDropItem } from 'react-aria-components';
import { Button } from './button.tsx';
import './display.css';

export interface FileDropProps {
  readonly label: string;
  /** File endings, e.g. [".csv"]. */
  readonly accept?: readonly string[];
  readonly allowsMultiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  /** What may be dropped here, in words. */
  readonly children?: ReactNode;
}

const anyFile: readonly string[] = [];

function isFile(item: DropItem): item is FileDropItem {
  return item.kind === 'file';
}

/** A place to drop files on, or to choose them by button. */
export function FileDrop({ label, accept = anyFile, allowsMultiple = false, onFiles, children }: FileDropProps): ReactNode {
  const { t } = useLingui();
  const drop = async (items: readonly DropItem[]): Promise<void> => {
    const files = await Promise.all(items.filter(isFile).map((item) => item.getFile()));
    const taken = allowsMultiple ? files : files.slice(0, 1);
    if (taken.length > 0) onFiles(taken);
  };
  return (
    <DropZone className="rc-file-drop" aria-label={label} onDrop={(event) => void drop(event.items)}>
      <FileUp aria-hidden />
      <div>
        <strong>{label}</strong>
        {children !== undefined && <div className="rc-subtle">{children}</div>}
      </div>
      <FileTrigger acceptedFileTypes={accept} allowsMultiple={allowsMultiple} onSelect={(list) => list !== null && list.length > 0 && onFiles([...list])}>
        <Button>{allowsMultiple ? t`Choose files` : t`Choose a file`}</Button>
      </FileTrigger>
      <span className="rc-small rc-subtlest">
        <Trans>or drop it here</Trans>
      </span>
    </DropZone>
  );
}
