// Loaded before the program: whoever tokenizes one of these words ends at once. "once" only as long as its file is not there.
import { existsSync, writeFileSync } from 'node:fs';

const { normalize } = String.prototype;
const { CRASHED_ONCE = '' } = process.env;

String.prototype.normalize = function (form) {
  if (process.send) {
    if (this.includes('crashalways')) process.kill(process.pid, 'SIGKILL');
    if (this.includes('crashonce') && !existsSync(CRASHED_ONCE)) {
      writeFileSync(CRASHED_ONCE, '');
      process.kill(process.pid, 'SIGKILL');
    }
  }
  return normalize.call(this, form);
};
