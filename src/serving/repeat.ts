/**
 * Does some work again and again, with a pause between, until it is ended. Work that fails is told where it is done.
 *
 * @returns ends it, and resolves when nothing of it runs any more
 */
export function repeat(work: () => Promise<void>, pauseMs: number): () => Promise<void> {
  let ended = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => {
      running = work().finally(() => {
        if (!ended) next();
      });
    }, pauseMs).unref();
  };
  next();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
  };
}
