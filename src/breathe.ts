import { setImmediate } from 'node:timers/promises';

/** Lets whatever else waits in this process have its turn: long work calls it every few dozen milliseconds. */
export async function breathe(): Promise<void> {
  await setImmediate();
}
