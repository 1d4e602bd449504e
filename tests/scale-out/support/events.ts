import { z } from 'zod';

const event = z.object({ state: z.string() });

/** Reads a stream of server-sent events until the server ends it; `heard` is told of each as it comes. */
export async function readEvents(url: string, headers: Readonly<Record<string, string>>, heard: (state: string) => void): Promise<void> {
  const answer = await fetch(url, { headers: { accept: 'text/event-stream', ...headers } });
  if (!answer.ok || answer.body === null) throw new Error(`The stream was answered with ${answer.status}: ${await answer.text()}`);
  let rest = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith('event: end')) return;
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data !== undefined) heard(event.parse(JSON.parse(data.slice(6))).state);
    }
  }
  throw new Error('The stream broke off.');
}
