import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type pg from "pg";

const mark = "/* kept plan */";
const askedMark = "/* kept while asked */";

/**
 * Stands at the beginning of a statement whose text is always the same, that is sent again and again, and that any values are answered best in the same way. Each connection
 * then keeps it prepared: reading and planning such a statement can cost ten times what doing it costs.
 */
export const keptPlan: RawBuilder<unknown> = sql.raw(mark);

/**
 * The same for a statement whose text depends on the question: from the second time it is sent it is kept prepared, so many on each connection. What decides about its plan must stand
 * in the text itself, not in its values.
 */
export const keptWhileAsked: RawBuilder<unknown> = sql.raw(askedMark);

/** Forty of them were measured to take 3.8 MB of a connection's server process. */
const mostAskedKept = 50;
/** Of so many texts it is remembered that they were sent. */
const mostAskedKnown = 500;

/** The pool with connections that keep marked statements prepared. Only on a direct connection: behind a pooler, the next statement may meet another server process. */
export function keepPlans(pool: pg.Pool): Pick<pg.Pool, "options" | "end"> & { connect(): Promise<pg.PoolClient> } {
  const asked = new AskedTexts();
  return { options: pool.options, end: () => pool.end(), connect: async () => keeping(await pool.connect(), asked) };
}

function keeping(client: pg.PoolClient, asked: AskedTexts): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (!isMethod(value)) return value;
      if (property !== "query") return value.bind(target);
      return (...given: unknown[]): unknown => {
        const [text, values] = given;
        const name = typeof text === "string" ? nameFor(text.trimStart(), target, asked) : null;
        return Reflect.apply(value, target, name === null ? given : [{ name, text, values }]);
      };
    },
  });
}

type Method = (...given: unknown[]) => unknown;
function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

/** The name under which a connection keeps a statement; null: it does not. */
function nameFor(text: string, client: pg.PoolClient, asked: AskedTexts): string | null {
  if (text.startsWith(mark)) return nameOf(text);
  return text.startsWith(askedMark) ? asked.nameOn(client, text) : null;
}

/** By text, a few dozen in all. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = makeName(text);
  names.set(text, name);
  return name;
}

function makeName(text: string): string {
  return `kept_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
}

/** Texts that questions were made into, and what each connection keeps of them. A connection that is full keeps what it has until the pool replaces it. */
class AskedTexts {
  /** The name from the second time on. The one that was sent longest ago stands first. */
  readonly #known = new Map<string, string | null>();
  readonly #kept = new WeakMap<pg.PoolClient, Set<string>>();

  nameOn(client: pg.PoolClient, text: string): string | null {
    const name = this.#nameOf(text);
    if (name === null) return null;
    const kept = this.#kept.get(client) ?? new Set();
    this.#kept.set(client, kept);
    if (kept.size < mostAskedKept) kept.add(name);
    return kept.has(name) ? name : null;
  }

  #nameOf(text: string): string | null {
    const known = this.#known.get(text);
    const name = known === undefined ? null : (known ?? makeName(text));
    this.#known.delete(text);
    this.#known.set(text, name);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostAskedKnown && oldest !== undefined) this.#known.delete(oldest);
    return name;
  }
}
