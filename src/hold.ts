import { stat, utimes } from 'node:fs/promises';

/** Age from which what nobody keeps young is nobody's, in milliseconds. */
export const LEFT_OVER_MS = 10 * 60_000;

/**
 * Keeps a file or folder young, so that no process takes it for left over.
 *
 * @returns ends that
 */
export function hold(file: string): () => void {
  const touch = () => {
    const now = new Date();
    // What is gone is told by whoever opens it.
    utimes(file, now, now).catch(() => undefined);
  };
  touch();
  const timer = setInterval(touch, LEFT_OVER_MS / 10).unref();
  return () => clearInterval(timer);
}

/** Whether nobody has written or held it for a while. What is gone is not left over. */
export async function isLeftOver(file: string): Promise<boolean> {
  const modified = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - modified > LEFT_OVER_MS;
}
