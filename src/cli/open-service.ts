import type { Config } from '../config.js';
import { describeProblem } from '../corpus/index.js';
import { Service } from '../service.js';
import { progressBar } from './progress.js';

/**
 * What answers a command on the terminal, with a bar while it is built and a line for each document that is left out.
 *
 * @throws ParaciteError `corpus`, `model` or `index`
 */
export function openService(config: Config): Promise<Service> {
  const bar = progressBar();
  return Service.open(config, {
    progress: bar.progress,
    onProblem: (problem) => console.error(`left out: ${describeProblem(problem)}`),
  }).finally(bar.stop);
}
