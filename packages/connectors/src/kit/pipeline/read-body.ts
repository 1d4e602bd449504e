/** Why a body could not be read. `text` is never part of it: it may hold personal data. */
export type BodyProblem = 'tooLarge' | 'cutOff' | 'notJson';
export type BodyRead = { readonly body: unknown } | { readonly problem: BodyProblem };

/** Reads a body of at most `longestBytes` as UTF-8 JSON. An empty body is null. */
export async function readBody(response: Response, longestBytes: number): Promise<BodyRead> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // The stream's own type says any; it carries bytes.
    const stream: AsyncIterable<Uint8Array> | null = response.body;
    for await (const chunk of stream ?? []) {
      size += chunk.byteLength;
      // Leaving the loop cancels the stream and closes the connection.
      if (size > longestBytes) return { problem: 'tooLarge' };
      chunks.push(chunk);
    }
  } catch {
    return { problem: 'cutOff' };
  }
  const text = Buffer.concat(chunks, size).toString('utf8').trim();
  if (text === '') return { body: null };
  try {
    const body: unknown = JSON.parse(text);
    return { body };
  } catch {
    return { problem: 'notJson' };
  }
}
