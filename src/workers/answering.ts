import { dataOfParent, tellParent } from '../processes/index.js';
import { inProcess, perform, type Responder } from '../response/index.js';
import { Service } from '../service.js';
import {
  type Answered,
  type AnsweringData,
  type Asked,
  type Opened,
  type Outcome,
  outcomeOf,
  resultOf,
} from './messages.js';

/** What a process of the pool runs: opens the index once, then performs one job after another. */

const { config, built } = await dataOfParent<AnsweringData>();
const opened: Outcome<Responder> = await outcomeOf(async () =>
  inProcess(await Service.openBuilt(config, built)),
);
/** One after another, in the order they came: then it is known which one was begun where this process ends. */
let before: Promise<void> = Promise.resolve();
process.on('message', ({ job }: Asked) => {
  before = before.then(async () => {
    tellParent({ answer: await outcomeOf(() => perform(resultOf(opened), job)) } satisfies Answered);
  });
});
const which = async () => {
  const { identity, builtAt } = resultOf(opened);
  return { identity, builtAt };
};
tellParent({ opened: await outcomeOf(which) } satisfies Opened);
