/** Why a body could not be read. `text` is never part of it: it may hold personal data. */
export type BodyProblem = 'tooLarge' | 'cutOff' | 'tooSlow' | 'notJson';
export type BodyRead = { readonly body: unknown } | { readonly problem: BodyProblem };

/** Reads a body of at most `longestBytes` as UTF-8 JSON, until `deadline` is aborted. An empty body is null. */
export async function readBody(response: Response, longestBytes: number, deadline: AbortSignal): Promise<BodyRead> {
  const text = await readText(response, longestBytes, deadline);
  if (typeof text !== 'string') return text;
  if (text.trim() === '') return { body: null };
  try {
    const body: unknown = JSON.parse(text);
    return { body };
  } catch {
    return { problem: 'notJson' };
  }
}

async function readText(response: Response, longestBytes: number, deadline: AbortSignal): Promise<string | { readonly problem: BodyProblem }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (isShort(response.headers, longestBytes)) return await response.text();
    // The stream's own type says any; it carries bytes.
    const stream: AsyncIterable<Uint8Array> | null = response.body;
    for await (const chunk of stream ?? []) {
      size += chunk.byteLength;
      // Leaving the loop cancels the stream and closes the connection.
      if (size > longestBytes) return { problem: 'tooLarge' };
      chunks.push(chunk);
    }
  } catch {
    return { problem: deadline.aborted ? 'tooSlow' : 'cutOff' };
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

/** The transport holds a plain body to its stated length, so that it need not be counted; a packed one can grow. */
function isShort(headers: Headers, longestBytes: number): boolean {
  const length = headers.get('content-length');
  return length !== null && Number(length) <= longestBytes && headers.get('content-encoding') === null;
}
