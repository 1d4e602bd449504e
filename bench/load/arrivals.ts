import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** One kind of request and its addresses, made anew for each round. */
export interface AskedCase {
  readonly kind: string;
  readonly address: (round: number) => string;
}

/** `refused`: 503 with Retry-After; `failed`: another answer; `lost`: none, within half a minute. */
export const outcomes = ['ok', 'refused', 'failed', 'lost'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Answered {
  readonly kind: string;
  readonly outcome: Outcome;
  /** From the moment at which it should have been sent, whether the sender was late or not, to the end of the answer. */
  readonly milliseconds: number;
}

export interface Load {
  readonly url: string;
  readonly token: string;
  readonly cases: readonly AskedCase[];
  readonly perSecond: number;
  readonly seconds: number;
  readonly onAnswer: (answered: Answered) => void;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

const timeoutMs = 30_000;
/** Beyond this something is so wrong that more requests would only measure the sender. */
const mostUnderWay = 5_000;

/**
 * Sends requests at a steady rate whether earlier ones were answered or not (an open loop): a server that falls behind is met by a queue, as by people, and not
 * by a sender that politely waits. Resolves when all were answered.
 */
export async function sendArrivals(load: Load): Promise<void> {
  // As many connections as a proxy keeps; who waits for one is late like everybody else.
  const agent = new Agent({ keepAlive: true, maxSockets: 512, maxFreeSockets: 512 });
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  const total = Math.round(load.perSecond * load.seconds);
  for (let sent = 0; sent < total && !load.signal.aborted; sent += 1) {
    const due = began + (sent * 1_000) / load.perSecond;
    const early = due - performance.now();
    if (early > 1) await wait(early);
    const one = load.cases[sent % load.cases.length];
    if (one === undefined) break;
    if (underWay.size >= mostUnderWay) {
      load.onAnswer({ kind: one.kind, outcome: 'lost', milliseconds: timeoutMs });
      continue;
    }
    const asked = ask(agent, load, one.address(Math.floor(sent / load.cases.length))).then((outcome) => { load.onAnswer({ kind: one.kind, outcome, milliseconds: performance.now() - due }); });
    underWay.add(asked);
    void asked.finally(() => underWay.delete(asked));
  }
  await Promise.all(underWay);
  agent.destroy();
}

function ask(agent: Agent, { url, token }: Load, address: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const sent = request(`${url}/api/v1${address}`, { agent, headers: { authorization: `Bearer ${token}` }, timeout: timeoutMs }, (answer) => {
      const { statusCode } = answer;
      const outcome = statusCode === 200 ? 'ok' : statusCode === 503 && answer.headers['retry-after'] !== undefined ? 'refused' : 'failed';
      answer.resume();
      answer.once('end', () => { resolve(outcome); });
      answer.once('error', () => { resolve('lost'); });
    });
    sent.once('timeout', () => { sent.destroy(); });
    sent.once('error', () => { resolve('lost'); });
    sent.end();
  });
}
