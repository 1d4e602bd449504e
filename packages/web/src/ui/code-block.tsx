import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Check, Copy } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import './display.css';

export interface CodeBlockProps {
  readonly code: string;
  /** Name for screen readers, e.g. "Command". */
  readonly label: string;
}

/** Text to be copied exactly: a command, an id, a vendor's answer. */
export function CodeBlock({ code, label }: CodeBlockProps): ReactNode {
  const { t } = useLingui();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className="rc-code">
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{code}</code>
      </pre>
      <span className="rc-code-copy">
        <IconButton spacing="compact" label={isCopied ? t`Copied` : t`Copy`} icon={isCopied ? <Check aria-hidden /> : <Copy aria-hidden />} onPress={() => void copy()} />
      </span>
    </div>
  );
}
