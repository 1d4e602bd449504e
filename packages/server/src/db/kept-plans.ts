import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type pg from "pg";

const mark = "/* kept plan */";

/**
 * Stands at the beginning of a statement whose text is always the same, that is sent again and again, and that any values are answered best in the same way. Each connection
 * then keeps it prepared: reading and planning such a statement can cost ten times what doing it costs.
 */
export const keptPlan: RawBuilder<unknown> = sql.raw(mark);

/** The pool with connections that keep marked statements prepared. Only on a direct connection: behind a pooler, the next statement may meet another server process. */
export function keepPlans(pool: pg.Pool): Pick<pg.Pool, "options" | "end"> & { connect(): Promise<pg.PoolClient> } {
  return { options: pool.options, end: () => pool.end(), connect: async () => keeping(await pool.connect()) };
}

function keeping(client: pg.PoolClient): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (!isMethod(value)) return value;
      if (property !== "query") return value.bind(target);
      return (...given: unknown[]): unknown => {
        const [text, values] = given;
        if (typeof text !== "string" || !text.trimStart().startsWith(mark)) return Reflect.apply(value, target, given);
        return Reflect.apply(value, target, [{ name: nameOf(text), text, values }]);
      };
    },
  });
}

type Method = (...given: unknown[]) => unknown;
function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

/** By text, a few dozen in all. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `kept_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
  names.set(text, name);
  return name;
}
