import { SingleBar } from 'cli-progress';
import type { Progress } from '../embed/index.js';

/** Time between two lines about one stage, in milliseconds. */
const LINE_MS = 10_000;

/** A progress bar on standard error with the time left, one a stage; where it is no terminal, a line now and then. */
export function progressBar(): { readonly progress: Progress; stop(): void } {
  const terminal = process.stderr.isTTY;
  let stage = '';
  let bar: SingleBar | null = null;
  let begun = 0;
  let told = 0;
  const stop = () => {
    bar?.stop();
    bar = null;
  };
  return {
    progress: (name, done, total) => {
      if (name !== stage) {
        stop();
        stage = name;
        begun = Date.now();
        told = begun;
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
      const now = Date.now();
      if (!terminal && done > 0 && done < total && now - told >= LINE_MS) {
        told = now;
        const left = Math.round((((now - begun) / done) * (total - done)) / 1000);
        console.error(`${name} ${done}/${total}, ${left} s left`);
      }
    },
    stop,
  };
}
