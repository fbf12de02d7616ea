export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/** The events of a `text/event-stream` as they arrive. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const blocks = rest.split(/\r?\n\r?\n/u);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) yield event;
    }
    if (done) return;
  }
}

/** Null for a block of comments. */
function eventOf(block: string): ServerEvent | null {
  const lines = block.split(/\r?\n/u);
  const values = (field: string) =>
    lines
      .filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).replace(/^ /u, ''));
  const data = values('data');
  return data.length === 0 ? null : { name: values('event').at(-1) ?? 'message', data: data.join('\n') };
}
