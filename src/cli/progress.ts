import { SingleBar } from 'cli-progress';
import type { Progress } from '../embed/index.js';

/** A progress bar on standard error: one bar a stage; a line a stage where it is no terminal. */
export function progressBar(): { readonly progress: Progress; stop(): void } {
  const terminal = process.stderr.isTTY;
  let stage = '';
  let bar: SingleBar | null = null;
  const stop = () => {
    bar?.stop();
    bar = null;
  };
  return {
    progress: (name, done, total) => {
      if (name !== stage) {
        stop();
        stage = name;
        if (terminal) {
          bar = new SingleBar({
            format: '{stage} {bar} {percentage} %  {value}/{total}  {eta_formatted} left',
            hideCursor: true,
          });
          bar.start(Math.max(total, 1), done, { stage: name });
        } else {
          console.error(`${name} ...`);
        }
      }
      bar?.update(done);
    },
    stop,
  };
}
