-- Why the circuit breaker stopped a run, or makes it wait: {"kind", "failures", "of", "until"}. Null while nothing does.
alter table run add column halt jsonb;
