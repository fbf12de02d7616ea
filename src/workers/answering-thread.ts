import { workerData } from 'node:worker_threads';
import { inProcess, type Job, perform, type Responder, type View } from '../response/index.js';
import { Service } from '../service.js';
import { type AnsweringData, type Outcome, outcomeOf, resultOf } from './messages.js';

/** What a thread of the pool runs: opens the index once, then performs one job after another. */

const { config, built } = workerData as AnsweringData;

// Awaited here, so that the pool gives no job to a thread that is still opening. What fails is said to whoever asks.
const opened: Outcome<Responder> = await outcomeOf(async () =>
  inProcess(await Service.openBuilt(config, built)),
);

/** @param job null asks only for the identity of the index that was opened */
export default function answer(job: Job | null): Promise<Outcome<View | string>> {
  return outcomeOf(async () => {
    const responder = resultOf(opened);
    return job === null ? responder.identity : perform(responder, job);
  });
}
