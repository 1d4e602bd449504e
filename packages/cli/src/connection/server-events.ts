import { problemSchema, ProblemError } from '@rollcall/contract';
import type { Client, Route, RouteAnswer, RouteInput } from '@rollcall/contract';

/**
 * Reads a stream of server-sent events until its end: each is the object as it stands. Throws {@link ProblemError} when the server ends the
 * stream with a problem, and a TypeError when the line breaks.
 */
export async function* serverEvents<R extends Route>(client: Client, route: R, input: RouteInput<R>, signal: AbortSignal): AsyncGenerator<RouteAnswer<R>> {
  const answer = await client.open(route, input, { signal });
  if (answer.body === null) return;
  for await (const { event, data } of messages(answer.body.pipeThrough(new TextDecoderStream()))) {
    if (event === 'end') return;
    if (event === 'problem') throw new ProblemError(problemSchema.parse(JSON.parse(data)));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema's output type is the route's declared answer; parse proves it
    yield route.response.parse(JSON.parse(data)) as RouteAnswer<R>;
  }
}

interface Message {
  readonly event: string;
  readonly data: string;
}

async function* messages(chunks: AsyncIterable<string>): AsyncGenerator<Message> {
  let rest = '';
  for await (const chunk of chunks) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const message = messageOf(block);
      if (message !== null) yield message;
    }
  }
}

function messageOf(block: string): Message | null {
  const lines = block.split('\n');
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
  const event = lines.find((line) => line.startsWith('event:'))?.slice(6).trim() ?? 'message';
  return data.length === 0 ? null : { event, data: data.join('\n') };
}
