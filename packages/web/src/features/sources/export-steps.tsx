import type { ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { ExternalLinkText } from '../../ui/index.ts';
import './sources.css';

/** How to get the right export from Atlassian, step by step. */
export function ExportSteps(): ReactNode {
  return (
    <ol className="source-steps">
      <li>
        <span>
          <Trans>
            As an organisation administrator open <ExternalLinkText href="https://admin.atlassian.com">admin.atlassian.com</ExternalLinkText> and choose the organisation.
          </Trans>
        </span>
      </li>
      <li>
        <span>
          <Trans>
            Go to <b>Directory</b> → <b>Users</b> → <b>Export users</b> (or <b>Managed accounts</b> → <b>Export accounts</b>).
          </Trans>
        </span>
      </li>
      <li>
        <span>
          <Trans>Choose all users, all statuses, and tick app access and last active dates. Group membership may be left out or added; both are read.</Trans>
        </span>
      </li>
      <li>
        <span>
          <Trans>Atlassian sends a link by mail. Download the CSV file and upload it as it is: do not open and save it in a spreadsheet, which changes its dates.</Trans>
        </span>
      </li>
    </ol>
  );
}
