import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * Whether the exemption of a domain holds for an e-mail domain: `example.com` for itself alone, `*.example.com` for `example.com` and everything below it.
 * The one place that says so; `subject` and `domain` are in lower case. Null (no e-mail): not covered.
 */
export function domainCovers(subject: RawBuilder<string>, domain: RawBuilder<string | null>): RawBuilder<boolean> {
  return sql<boolean>`(${subject} = ${domain} or starts_with(${subject}, '*.') and (substr(${subject}, 3) = ${domain} or right(${domain}, length(${subject}) - 1) = substr(${subject}, 2)))`;
}
