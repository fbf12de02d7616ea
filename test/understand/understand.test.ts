import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_UNDERSTOOD, understand, understoodByRule } from '../../src/understand/index.js';

/** What is asked after a question, and what it is understood as. */
type Turn = readonly [earlier: string, followUp: string, understood: string];

const PRISONS = 'What was said about prison overcrowding in 2022?';

function completes(turns: readonly Turn[]): void {
  it.each(turns)('%s / %s', (earlier, followUp, question) => {
    expect(understoodByRule([earlier], followUp)).toMatchObject({
      question,
      from: 'history',
      by: 'rule',
      earlier,
    });
  });
}

describe('another place in the record takes the place of the one that was named', () => {
  completes([
    [PRISONS, 'and in 2023?', 'What was said about prison overcrowding in 2023?'],
    [PRISONS, 'What about 2024', 'What was said about prison overcrowding in 2024?'],
    [PRISONS, 'same for pillar III', 'What was said about prison overcrowding under pillar III?'],
    [
      PRISONS,
      'and in the second session?',
      'What was said about prison overcrowding in 2022 in the second session?',
    ],
    [PRISONS, 'the year after?', 'What was said about prison overcrowding in 2023?'],
    [PRISONS, 'on 5 December 2022?', 'What was said about prison overcrowding on 5 December 2022?'],
    ['What was said about fraud?', 'In 2024?', 'What was said about fraud in 2024?'],
    ['In 2021, who spoke?', 'and the third round?', 'In the third round, who spoke?'],
    ['What did the 2021 discussions say of youth?', '2022?', 'What did the 2022 discussions say of youth?'],
    [
      'Who spoke in the opening session of 2022?',
      'and in 2023?',
      'Who spoke in the opening session of 2023?',
    ],
  ]);
});

describe('something else takes the place of what it is like', () => {
  completes([
    [PRISONS, 'what about legal aid?', 'What was said about legal aid in 2022?'],
    [PRISONS, 'What about children?', 'What was said about prison overcrowding for children in 2022?'],
    ['How can whistleblowers be protected?', 'And witnesses?', 'How can witnesses be protected?'],
    ['What do the Bangkok Rules say?', 'And the Tokyo Rules?', 'What do the Tokyo Rules say?'],
    ['What did the President say in 2022?', 'and the Chair?', 'What did the Chair say in 2022?'],
    [
      'What is the role of the police in prevention?',
      'and of schools?',
      'What is the role of schools in prevention?',
    ],
    [
      'Which barriers keep people from legal aid?',
      'foreigners?',
      'Which barriers keep foreigners from legal aid?',
    ],
    ['How is evidence shared?', 'and crypto assets?', 'How is evidence shared regarding crypto assets?'],
    [PRISONS, 'and legal aid in 2023?', 'What was said about legal aid in 2023?'],
  ]);
});

describe('a word that stands for what was named is replaced by it, or what was asked comes along', () => {
  completes([
    ['What is the GlobE network?', 'Who belongs to it?', 'Who belongs to the GlobE network?'],
    ['What are the Mendez Principles?', 'who mentioned them?', 'Who mentioned the Mendez Principles?'],
    [PRISONS, 'What are its root causes?', 'What are prison overcrowding’s root causes in 2022?'],
    ['Is fraud growing?', 'who said that?', 'Is fraud growing, and who said that?'],
    ['How do victims escape?', 'How many of them?', 'How do victims escape, and how many of them?'],
    [
      'What did Ghada Waly say about youth?',
      'Where was she?',
      'What did Ghada Waly say about youth, and where was she?',
    ],
    [
      PRISONS,
      'What did experts recommend?',
      'What was said about prison overcrowding in 2022, and what did experts recommend?',
    ],
  ]);
});

describe('a question of hardly any words asks on', () => {
  completes([
    [PRISONS, 'why?', 'What was said about prison overcrowding in 2022, and why?'],
    [PRISONS, 'By whom?', 'What was said about prison overcrowding in 2022, and by whom?'],
    [PRISONS, 'tell me more', PRISONS],
    [PRISONS, 'And?', PRISONS],
    [
      PRISONS,
      'For example?',
      'What was said about prison overcrowding in 2022, and which examples were given?',
    ],
  ]);
});

describe('a question that stands alone', () => {
  it.each([
    'Which ambassador chaired the thematic discussions in 2023?',
    'And what is social re-use of confiscated assets good for?',
    'How are victims who do not see themselves as victims to be approached?',
    'Were the discussions streamed so that anyone could follow them?',
    'Is it true that youth was extended to the age of 25?',
    'Did judges say that their training was enough?',
    'Are there international instruments against terrorism?',
    'Which topics were discussed under pillar II?',
    'What did the experts recommend on legal aid?',
    'non-conviction-based confiscation of assets abroad',
  ])('is left as it is, whatever was asked before: %s', (question) => {
    const alone = { question, from: 'question', by: null, earlier: null, carried: [] };
    expect(understoodByRule([PRISONS], question)).toEqual(alone);
    expect(understoodByRule(['What is the GlobE network?', 'and in 2023?'], question)).toEqual(alone);
  });

  it('is any question that nothing was asked before', () => {
    expect(understoodByRule([], 'and in 2023?')).toMatchObject({
      question: 'and in 2023?',
      from: 'question',
    });
  });
});

describe('several turns', () => {
  it('are followed one after the other', () => {
    const history = [PRISONS, 'and in 2023?', 'tell me more', 'who said that?'];
    expect(understoodByRule(history, 'what about legal aid?')).toEqual({
      question: 'What was said about legal aid in 2023?',
      from: 'history',
      by: 'rule',
      earlier: PRISONS,
      carried: ['was said', 'in 2023'],
    });
  });

  it('start anew where the subject changes', () => {
    const history = [PRISONS, 'Which ambassador chaired the discussions in 2021?'];
    expect(understoodByRule(history, 'and in 2022?').question).toBe(
      'Which ambassador chaired the discussions in 2022?',
    );
  });
});

describe('a rewriter', () => {
  const none = async () => undefined;
  const said = (text: string) => async () => text;

  it('is asked only where there is a history, and decides where it has something to say', async () => {
    const asked: unknown[] = [];
    const rewriter = async (...args: unknown[]) => {
      asked.push(args);
      return 'How crowded were prisons in 2023?';
    };
    const { signal } = new AbortController();
    expect(await understand([], 'and in 2023?', { rewriter, signal })).toMatchObject({ from: 'question' });
    expect(await understand([PRISONS], 'and in 2023?', { rewriter, signal })).toEqual({
      question: 'How crowded were prisons in 2023?',
      from: 'history',
      by: 'model',
      earlier: PRISONS,
      carried: ['How crowded were prisons'],
    });
    expect(asked).toEqual([[[PRISONS], 'and in 2023?', signal]]);
  });

  it('can say that a question stands alone, against the rules', async () => {
    expect(await understand([PRISONS], 'and in 2023?', { rewriter: said('and in 2023?') })).toMatchObject({
      from: 'question',
      by: null,
    });
  });

  it.each([
    ['nothing', none],
    ['a blank', said('  \n')],
    ['more than a question may have', said('x'.repeat(MAX_UNDERSTOOD + 1))],
  ])('leaves it to the rules where it says %s', async (_, rewriter) => {
    expect(await understand([PRISONS], 'and in 2023?', { rewriter })).toEqual(
      understoodByRule([PRISONS], 'and in 2023?'),
    );
  });
});

describe('any conversation', () => {
  const words = fc.constantFrom(
    ...'and what about the children in 2022 pillar III who said that it they them session second prison opening ? , . why of ’ ( * [ \\ $& $1'.split(
      ' ',
    ),
  );
  const turn = fc.oneof(
    fc.array(words, { minLength: 1, maxLength: 14 }).map((list) => list.join(' ')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  );

  it('is understood as a question that is not blank or too long, the same each time', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 6 }), turn, (history, question) => {
        const found = understoodByRule(history, question);
        if (question.trim() !== '') expect(found.question.trim()).not.toBe('');
        expect([...found.question].length).toBeLessThanOrEqual(MAX_UNDERSTOOD);
        expect(found).toEqual(understoodByRule(history, question));
        expect(found.from === 'question').toBe(found.earlier === null);
        if (found.from === 'question') expect(found.question).toBe(question);
      }),
      { numRuns: 200 },
    );
  });

  it('of the greatest length takes no long time', () => {
    const long = [...Array(20).keys()].map((n) =>
      `${'the of in 2022 children that '.repeat(80)}${n}`.slice(0, 2000),
    );
    for (const question of [...long, 'why?', 'and in 2023?', 'what about children?']) {
      expect(understoodByRule(long, question).question.length).toBeGreaterThan(0);
    }
  });
});
