import { once } from 'node:events';

/** What a child does with signals that go to its whole group: its parent stops it when all is finished. */
const LEFT_TO_PARENT = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The other end of `startChild`. Ends this process as soon as there is no parent. */
export async function dataOfParent<T>(): Promise<T> {
  for (const signal of LEFT_TO_PARENT) process.on(signal, () => undefined);
  process.once('disconnect', () => process.exit());
  const [data] = await once(process, 'message');
  return data as T;
}

export function tellParent(message: object | string): void {
  // Where there is no parent any more, this process ends by that.
  process.send?.(message, undefined, undefined, () => undefined);
}
