import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
import { FormattedNumber, RelativeTime } from '../../i18n/index.ts';
import { Card, Link, Lozenge } from '../../ui/index.ts';
import { useHealthSentence } from '../../words/health.ts';
import { healthNames, healthTones } from '../../words/sources.ts';
import type { Home } from './home-data.ts';
import './home.css';

/** How each source is, and what to do where something is wrong. */
export function SourceHealth({ home }: { readonly home: Home }): ReactNode {
  const { t } = useLingui();
  return (
    <Card title={t`Sources`} actions={<Link to="/sources">{t`All sources`}</Link>}>
      <ul className="home-list">
        {home.sources.map((health) => (
          <SourceLine key={health.sourceId} health={health} />
        ))}
      </ul>
    </Card>
  );
}

function SourceLine({ health }: { readonly health: Home['sources'][number] }): ReactNode {
  const { i18n } = useLingui();
  const sentenceOf = useHealthSentence();
  const unknownPercent = Math.round((health.unknownAccesses / Math.max(health.accesses, 1)) * 100);
  return (
    <li>
      <div className="home-row">
        <Link to="/sources/$sourceId" params={{ sourceId: health.sourceId }}>
          {health.name}
        </Link>
        <Lozenge appearance={healthTones[health.state]}>{i18n._(healthNames[health.state])}</Lozenge>
      </div>
      <span className="rc-small rc-subtle">
        {health.lastFullReadAt === null ? (
          <Trans>Not read yet</Trans>
        ) : (
          <Trans>
            <FormattedNumber value={health.accounts} /> accounts, read <RelativeTime at={health.lastFullReadAt} />
          </Trans>
        )}
      </span>
      {health.accesses > 0 && <span className="rc-small rc-subtle"><Trans>Last activity unknown: {unknownPercent} %</Trans></span>}
      {health.warnings.map((warning) => (
        <span key={warning.code} className="home-warning">
          <TriangleAlert size={14} aria-hidden />
          <span>{sentenceOf(warning)}</span>
        </span>
      ))}
    </li>
  );
}
