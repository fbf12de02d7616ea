import type { NearQuestion } from '../index/index.js';
import { rememberedByText } from '../remembered.js';
import { type NearestQuestions, type Wanted, wordsIn } from '../retrieve/index.js';
import { type Asked, askedIn } from './asked.js';
import { type Form, formOf } from './forms.js';

/** How much more a nearer question says; 4 and 12 did equally well on the development split. */
const VOTE_POWER = 4;
/** The same where likeness in words or form counts too. */
const LIKE_POWER = 2;
/** What a vote weighs where nothing is alike. */
const LEAST = 0.05;
/** Nearest questions that vote by form and by words: as many of each kind as are searched for. */
const VOTERS = 24;
const FEWER = 12;

/** What a question asks for: its form, the kinds of thing, and its words. */
interface Purpose {
  readonly form: Form;
  readonly kinds: readonly Asked[];
  readonly words: ReturnType<typeof wordsIn>;
}

const purposeOf = rememberedByText(
  (question): Purpose => ({ form: formOf(question), kinds: askedIn(question), words: wordsIn(question) }),
);

/** How far two questions ask for the same, 0 to 1: half their form, half the kinds that both ask for. */
function agreement(one: Purpose, other: Purpose): number {
  const shared = one.kinds.filter((kind) => other.kinds.includes(kind)).length;
  const all = one.kinds.length + other.kinds.length - shared;
  return (all === 0 ? 1 : shared / all) / 2 + (one.form === other.form ? 0.5 : 0);
}

/** Share of questions without an answer among the nearest of all, each weighing by its cosine. */
export function unansweredAmong(nearest: NearestQuestions, voters: number): number {
  return vote(nearest, voters, (near) => power(near, VOTE_POWER));
}

/**
 * The same share where a question weighs more that asks for the same, or in the same words: one that asks how many says
 * little about one that asks why.
 */
export function votesOf(nearest: NearestQuestions, question: string, wanted: Wanted) {
  const own = purposeOf(question);
  const byForm = (near: NearQuestion) => agreement(own, purposeOf(near.text));
  const byWords = (near: NearQuestion) => (LEAST + wanted.likeness(purposeOf(near.text).words)) ** 2;
  return {
    unansweredByForm: vote(nearest, FEWER, (near) => power(near, VOTE_POWER) * (LEAST + byForm(near) ** 2)),
    unansweredByBoth: vote(
      nearest,
      VOTERS,
      (near) => power(near, LIKE_POWER) * byWords(near) * (2 * LEAST + byForm(near)),
    ),
  };
}

function power({ cosine }: NearQuestion, exponent: number): number {
  return Math.max(0, cosine) ** exponent;
}

/** Weight of the questions without an answer, as a share of the weight of all. */
function vote(
  { answered, unanswered }: NearestQuestions,
  voters: number,
  weightOf: (near: NearQuestion) => number,
): number {
  const nearest = [
    ...answered.map((near) => ({ near, without: 0 })),
    ...unanswered.map((near) => ({ near, without: 1 })),
  ]
    .sort((a, b) => b.near.cosine - a.near.cosine)
    .slice(0, voters);
  let all = 0;
  let without = 0;
  for (const voter of nearest) {
    const weight = weightOf(voter.near);
    all += weight;
    without += weight * voter.without;
  }
  return all === 0 ? 0 : without / all;
}
