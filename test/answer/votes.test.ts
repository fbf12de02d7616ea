import { describe, expect, it } from 'vitest';
import { unansweredAmong, votesOf } from '../../src/answer/votes.js';
import type { Lexicon } from '../../src/index/index.js';
import { Wanted } from '../../src/retrieve/index.js';

const lexicon: Lexicon = { knows: () => true, frequency: () => 1, inverseFrequency: () => 1 };
const near = (text: string, cosine: number) => ({ text, cosine });

describe('the vote of the nearest questions', () => {
  const question = 'How many prisons were built?';
  const votes = (nearest: Parameters<typeof votesOf>[0]) =>
    votesOf(nearest, question, new Wanted(question, lexicon));

  it('is the share of those without an answer, the nearer weighing more', () => {
    const nearest = { answered: [near('a', 0.5)], unanswered: [near('b', 0.5)] };
    expect(unansweredAmong(nearest, 12)).toBe(0.5);
    expect(unansweredAmong({ ...nearest, unanswered: [near('b', 1)] }, 12)).toBeCloseTo(
      1 / (1 + 0.5 ** 4),
      12,
    );
    expect(unansweredAmong({ answered: [], unanswered: [] }, 12)).toBe(0);
  });

  it('is of as many as may vote', () => {
    const nearest = { answered: [near('a', 0.9), near('b', 0.8)], unanswered: [near('c', 0.7)] };
    expect(unansweredAmong(nearest, 2)).toBe(0);
  });

  it('listens to questions that ask for the same kind of thing', () => {
    const [count, reason] = ['How many jails are there?', 'Why were prisons built?'];
    const same = votes({ answered: [near(reason, 0.6)], unanswered: [near(count, 0.6)] });
    const other = votes({ answered: [near(count, 0.6)], unanswered: [near(reason, 0.6)] });
    expect(same.unansweredByForm).toBeGreaterThan(0.9);
    expect(other.unansweredByForm).toBeLessThan(0.1);
    expect(same.unansweredByForm + other.unansweredByForm).toBeCloseTo(1, 12);
  });

  it('listens to questions in the same words where both ask for the same', () => {
    const [alike, unlike] = ['How many prisons did they build?', 'How many judges came?'];
    const { unansweredByForm, unansweredByBoth } = votes({
      answered: [near(unlike, 0.6)],
      unanswered: [near(alike, 0.6)],
    });
    expect(unansweredByForm).toBeCloseTo(0.5, 12);
    expect(unansweredByBoth).toBeGreaterThan(0.9);
  });
});
