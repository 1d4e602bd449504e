/**
 * Tables whose rows a backup leaves out, with the reason. Everything else is kept, also what a later version adds, unless it is unlogged (staging). The queue
 * (schema pgboss) is left out as well: it only wakes work, and is made anew from the rows.
 */
export const leftOut: Readonly<Record<string, string>> = {
  upload: 'A file on its way in expires within a day; upload it again.',
  upload_chunk: 'Bytes of such a file.',
  import_problem: 'Broken rows of such a file.',
  person_session: 'Everybody signs in again.',
  person_verification: 'Steps of a sign-in that is under way.',
  sign_in_rate: 'Counters of failed sign-ins of the last minutes.',
  setup_link: 'Each start makes a new link while there is no administrator.',
  idempotency_key: 'Answers for repeated requests of the last day, about a state that the restored database may not have.',
  index_set_aside: 'Indexes that a first sync builds at its end; a restored database has all of them.',
  rate_budget: "Permits of the vendor's limits count from anew.",
  secret_key_in_use: 'Which key file this installation has: the next start writes down that of the new place.',
};
