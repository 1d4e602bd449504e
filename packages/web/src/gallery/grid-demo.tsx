import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Filter, UserX } from 'lucide-react';
import { Avatar, BulkBar, Button, EmptyState, IconButton, Lozenge, VirtualGrid, emptySelection, selectionCount } from '../ui/index.ts';
import type { GridColumn, GridCursor, GridSelection, GridSort, GridSource } from '../ui/index.ts';

interface Person {
  readonly index: number;
  readonly name: string;
}

const names = ['Oskar Brown', 'Priya Nguyen', 'Rosa 佐藤', 'Hiroshi Larsen', '山田太郎', 'Umar Haddad', 'Nora Patel', 'Daniel Dubois'];
const pageSize = 100;

function startOf(cursor: GridCursor): number {
  if (cursor === null) return 0;
  return Number('after' in cursor ? cursor.after : cursor.before);
}

/** Rows made on the spot: a keyset cursor is the index as text. */
function personSource(total: number, canSeek: boolean, isDescending: boolean): GridSource<Person> {
  const page = async (start: number, signal: AbortSignal) => {
    await new Promise((resolve) => setTimeout(resolve, 15));
    signal.throwIfAborted();
    const count = Math.max(0, Math.min(pageSize, total - start));
    const rows = Array.from({ length: count }, (_, offset) => {
      const index = isDescending ? total - 1 - start - offset : start + offset;
      return { index, name: `${names[index % names.length] ?? ''} ${index}` };
    });
    return { rows, next: start + count < total ? String(start + count) : null, previous: start > 0 ? String(Math.max(0, start - pageSize)) : null };
  };
  const source = { key: `${total}-${isDescending}`, total, pageSize, fetchPage: (cursor: GridCursor, signal: AbortSignal) => page(startOf(cursor), signal) };
  return canSeek ? { ...source, seek: page } : source;
}

function Activity({ index }: { readonly index: number }): ReactNode {
  const day = `2026-${String((index % 11) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`;
  const marks = [<Lozenge key="a" appearance="success">Active</Lozenge>, <Lozenge key="i">Inactive</Lozenge>, <Lozenge key="l" appearance="moved">Low usage</Lozenge>, <Lozenge key="n" appearance="removed">Never accessed</Lozenge>, <Lozenge key="u" appearance="outline">Unknown</Lozenge>];
  return (
    <>
      {marks[(index * 7) % marks.length]}
      <span className="rc-small rc-subtle rc-numeric">{(index * 7) % marks.length < 3 ? day : ''}</span>
    </>
  );
}

export function GridDemo({ total, canSeek = true }: { readonly total: number; readonly canSeek?: boolean }): ReactNode {
  const [selection, setSelection] = useState<GridSelection>(emptySelection);
  const [sort, setSort] = useState<GridSort>({ column: 'name', direction: 'ascending' });
  const source = useMemo(() => personSource(total, canSeek, sort.direction === 'descending'), [total, canSeek, sort]);
  const columns = useMemo<readonly GridColumn<Person>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        width: 240,
        grow: 2,
        isSortable: true,
        cell: (row) => (
          <>
            <Avatar name={row.name} />
            <a className="rc-link rc-truncate" href={`#${row.index}`} tabIndex={-1}>
              {row.name}
            </a>
          </>
        ),
      },
      { id: 'email', header: 'Email', width: 220, grow: 2, cell: (row) => <span className="rc-truncate rc-small rc-subtle">user.{row.index}@example.com</span> },
      { id: 'managed', header: 'Account', width: 110, cell: (row) => (row.index % 3 === 0 ? 'External' : <Lozenge appearance="inprogress">Managed</Lozenge>) },
      {
        id: 'jira',
        header: 'Jira',
        width: 210,
        grow: 1,
        isSortable: true,
        headerAction: <IconButton spacing="compact" label="Only those who do not use Jira" icon={<Filter aria-hidden />} />,
        cell: (row) => <Activity index={row.index} />,
      },
      { id: 'confluence', header: 'Confluence', width: 210, grow: 1, cell: (row) => <Activity index={row.index + 3} /> },
      { id: 'groups', header: 'Groups', width: 90, align: 'end', cell: (row) => row.index % 14 },
    ],
    [],
  );
  const count = selectionCount(selection, total);
  return (
    <>
      {count !== 0 && (
        <BulkBar summary={`${(count ?? total).toLocaleString('en')} selected`} onClear={() => setSelection(emptySelection)}>
          <Button appearance="primary">Remove app access…</Button>
          <Button>Suspend access…</Button>
        </BulkBar>
      )}
      <VirtualGrid
        label="Accounts"
        source={source}
        columns={columns}
        rowKey={(row) => String(row.index)}
        rowName={(row) => row.name}
        sort={sort}
        onSort={setSort}
        selection={selection}
        onSelectionChange={setSelection}
        empty={
          <EmptyState title="No account matches" icon={<UserX aria-hidden />}>
            Take a filter away.
          </EmptyState>
        }
      />
    </>
  );
}
