import type { QueryContext, AccountFacts } from './account-facts.ts';
import { known } from './account-facts.ts';
import type { Term } from './ast.ts';
import { resolveDateValue } from './relative-date.ts';
import { choiceTerm, compareDays, flagTerm, listTerm, signed, textTerm } from './term-value.ts';
import type { Truth } from './truth.ts';

/** The value of a term that speaks of the account. Throws TypeError for a term of an access field: those stand within access(…). */
export function accountTermValue(term: Term, facts: AccountFacts, context: QueryContext): Truth {
  switch (term.field) {
    case 'id':
      // Vendor ids are kept as given and compared exactly.
      return signed(term, term.values.includes(facts.id));
    case 'name':
      return textTerm(term, facts.name);
    case 'email':
      return textTerm(term, facts.email);
    case 'domain':
      return textTerm(term, facts.domain);
    case 'hasEmail':
      return facts.email.kind === 'unread' ? 'unknown' : flagTerm(term, known(facts.email.kind === 'known'));
    case 'status':
      return choiceTerm(term, facts.status);
    case 'type':
      return choiceTerm(term, facts.type);
    case 'managed':
      return flagTerm(term, facts.managed);
    case 'role':
      return listTerm(term, { items: facts.roles, complete: true });
    case 'group':
      return listTerm(term, facts.groups);
    case 'source':
      return listTerm(term, { items: facts.sources, complete: true });
    case 'added':
      return facts.added.kind === 'known' ? compareDays(term.op, facts.added.value, resolveDateValue(term.values[0] ?? '', context.asOf)) : 'unknown';
    case 'protected':
      return flagTerm(term, known(facts.protected));
    case 'service':
      return flagTerm(term, known(facts.service));
    case 'idp':
      return flagTerm(term, facts.idp);
    case 'app':
    case 'site':
    case 'usage':
    case 'lastActive':
    case 'accessGranted':
      throw new TypeError(`The term ${term.field} speaks of an access and stands outside access(…).`);
  }
}
