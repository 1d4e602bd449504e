import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { completeQuery, parseQuery } from '@rollcall/core';
import type { Suggestion } from '@rollcall/core';
import { Button } from '../../ui/index.ts';
import { useQueryError } from '../../words/query-errors.ts';
import { useKnownValues } from './use-known-values.ts';

export interface QueryEditorProps {
  readonly q: string;
  readonly onChange: (q: string) => void;
}

/** The query as text, in the manner of JQL: completion as one types, and where an error stands. Enter or Search asks it. */
export function QueryEditor({ q, onChange }: QueryEditorProps): ReactNode {
  const { t } = useLingui();
  const errorText = useQueryError();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [from, setFrom] = useState(q);
  const [cursor, setCursor] = useState(q.length);
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  if (from !== q) {
    setFrom(q);
    setText(q);
  }
  const values = useKnownValues();
  const completion = completeQuery(text, cursor, { values, limit: 12 });
  const shown = isOpen ? completion.suggestions : [];
  const parsed = parseQuery(text);
  const error = parsed.ok ? null : parsed.error;

  const take = (suggestion: Suggestion): void => {
    const space = suggestion.kind === 'value' ? '' : ' ';
    const next = `${text.slice(0, completion.from)}${suggestion.insert}${space}${text.slice(completion.to).trimStart()}`;
    const place = completion.from + suggestion.insert.length + space.length;
    setText(next);
    setCursor(place);
    setActive(0);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(place, place);
    });
  };
  const ask = (): void => {
    setOpen(false);
    if (parsed.ok) onChange(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const chosen = shown[active];
    if (move !== 0 && shown.length > 0) {
      event.preventDefault();
      setActive((active + move + shown.length) % shown.length);
    } else if ((event.key === 'Tab' && !event.shiftKey && chosen !== undefined) || (event.key === 'Enter' && chosen !== undefined && active > 0)) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      ask();
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      setOpen(false);
    }
  };
  const errorId = `${listId}-error`;
  return (
    <div className="inv-query">
      <div className="inv-query-row">
        <input
          ref={input}
          className="inv-query-input"
          type="text"
          autoComplete="off"
          spellCheck={false}
          role="combobox"
          aria-label={t`Query`}
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={shown.length > 0 ? `${listId}-${active}` : undefined}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : errorId}
          placeholder='app = jira AND usage IN (inactive, never)'
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCursor(event.target.selectionStart ?? event.target.value.length);
            setActive(0);
            setOpen(true);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? text.length)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <Button appearance="primary" isDisabled={error !== null} onPress={ask}>{t`Search`}</Button>
      </div>
      {shown.length > 0 && (
        <div id={listId} role="listbox" aria-label={t`Suggestions`} className="inv-query-list">
          {shown.map((suggestion, index) => (
            <div
              key={`${suggestion.kind}-${suggestion.label}`}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="inv-query-option"
              onMouseDown={(event) => {
                event.preventDefault();
                take(suggestion);
              }}
            >
              <code>{suggestion.label}</code>
              <KindName kind={suggestion.kind} />
            </div>
          ))}
        </div>
      )}
      {error !== null && text.trim() !== '' && (
        <div id={errorId} className="inv-query-error" role="status">
          <span>
            <Trans>
              At character {error.from + 1}: {errorText(error, text)}
            </Trans>
          </span>
          <code>
            {text.slice(0, error.from)}
            <mark>{text.slice(error.from, Math.max(error.to, error.from + 1)) || ' '}</mark>
            {text.slice(Math.max(error.to, error.from + 1))}
          </code>
        </div>
      )}
    </div>
  );
}

function KindName({ kind }: { readonly kind: Suggestion['kind'] }): ReactNode {
  const { t } = useLingui();
  const names = { field: t`field`, operator: t`operator`, value: t`value`, keyword: t`keyword` };
  return <span className="rc-small rc-subtle">{names[kind]}</span>;
}
