import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import { type DraftItem, type DraftVerdict, verifyDraft } from '../../src/verify/index.js';
import { loadRecord, RECORD_ID } from '../support/fixtures.js';
import { inOrder, wordingAt } from '../support/verbatim.js';

const LAST_RESORT = 'deprivation of liberty should be used as a measure of last resort';
const PRISON_OFFICERS =
  'Prison officers were considered to play a crucial role in prison management and improving prison conditions.';

let record: RecordDocument;

beforeAll(async () => {
  record = await loadRecord();
});

/** What a draft is found to hold, after a look that places and counts are right. */
function check(draft: string, paragraph: number | null = null): DraftVerdict {
  const verdict = verifyDraft([record], { text: draft, paragraph });
  for (const { start, end, text, kind, matches, claim } of verdict.items) {
    expect(start).toBeLessThan(end);
    if (kind === 'quotation' || kind === 'statement') expect(draft.slice(start, end)).toBe(text);
    if (claim && claim.start !== null && claim.end !== null)
      expect(draft.slice(claim.start, claim.end)).toMatch(/\d/u);
    for (const match of matches) {
      expect(inOrder(record.source, match.spans)).toBe(true);
      expect(wordingAt(record.source, match.spans)).toBe(match.quote);
    }
  }
  const counted = Object.values(verdict.counts).reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(verdict.items.length);
  return verdict;
}

function only(draft: string): DraftItem {
  const { items } = check(draft);
  expect(items).toHaveLength(1);
  return items[0] as DraftItem;
}

describe('quotations of a draft', () => {
  it.each([
    ['double', `He said “${LAST_RESORT}” there.`],
    ['straight', `He said "${LAST_RESORT}" there.`],
    ['single', `He said ‘${LAST_RESORT}’ there.`],
    ['straight single', `He said '${LAST_RESORT}' there.`],
    ['angle', `He said « ${LAST_RESORT} » there.`],
    ['turned angle', `He said »${LAST_RESORT}« there.`],
    ['low', `He said „${LAST_RESORT}“ there.`],
    ['corner', `He said 「${LAST_RESORT}」 there.`],
  ])('are found in %s marks', (_, draft) => {
    expect(only(draft)).toMatchObject({ kind: 'quotation', verdict: 'verbatim', claim: null });
  });

  it.each([
    ['of another kind', '“The use of the terms ‘victim’ and ‘survivor’ was discussed by several speakers”'],
    ['of the same kind', '"The use of the terms "victim" and "survivor" was discussed by several speakers"'],
    [
      'of the same single kind',
      "'The use of the terms 'victim' and 'survivor' was discussed by several speakers'",
    ],
  ])('are one with the quotations inside them, in marks %s', (_, draft) => {
    expect(only(draft)).toMatchObject({ verdict: 'verbatim', text: draft.slice(1, -1) });
  });

  it('do not end at an apostrophe', () => {
    const words = "increased victims' readiness to provide information in the course of the investigation";
    expect(only(`It '${words}' as it was said.`)).toMatchObject({ verdict: 'verbatim', text: words });
  });

  it('are not made of apostrophes', () => {
    expect(check("The Commission's work and the States' duties weren't the Chair's.").items).toHaveLength(1);
    expect(check(`The States' duties, "${LAST_RESORT}", weren't the Chairs'.`).items).toHaveLength(1);
  });

  it('inside one that is of something else are checked by themselves', () => {
    const { items } = check(
      `“Everyone in the room clapped when somebody shouted ‘${LAST_RESORT}’ for the eleventh time without any reason, and then we all went home to our families and pets”`,
    );
    expect(items.map(({ verdict, text }) => [verdict, text.length])).toEqual([
      ['not_found', expect.any(Number)],
      ['verbatim', LAST_RESORT.length],
    ]);
  });

  it('of a few common words are not judged', () => {
    expect(only('They spoke of “criminal justice” there.')).toMatchObject({
      verdict: null,
      unjudged: 'too_short',
    });
    expect(only('They spoke of “cybercrime-as-a-service” there.').verdict).toBe('verbatim');
  });

  it('have every verdict', () => {
    const { items, counts } = check(
      [
        `“${LAST_RESORT}” (para. 71).`,
        `“${LAST_RESORT.replace('should', 'must')}” (para. 71).`,
        '“This document has … been edited”.',
        `“${LAST_RESORT}” (para. 72).`,
        '“The zebras of the capital demanded cheaper tram tickets”.',
      ].join('\n\n'),
    );
    expect(items.map(({ verdict }) => verdict)).toEqual([
      'verbatim',
      'altered',
      'stitched',
      'misattributed',
      'not_found',
    ]);
    expect(counts).toMatchObject({ verbatim: 1, altered: 1, stitched: 1, misattributed: 1, not_found: 1 });
    expect(items[1]?.matches[0]?.changes).toEqual([{ source: 'should', given: 'must' }]);
    expect(items[3]?.matches[0]?.paragraph.number).toBe(71);
  });
});

describe('block quotes', () => {
  it.each([
    ['by the mention before it', `Paragraph 73 says:\n\n> ${PRISON_OFFICERS}\n\nAnd so on.`],
    ['by the mention at its end', `It says:\n\n> ${PRISON_OFFICERS} (para. 73)\n`],
    ['by the line after it', `It says:\n\n> ${PRISON_OFFICERS}\n>\n> — Chair's summary, para. 73\n`],
    ['by the mention after it', `It says:\n\n> ${PRISON_OFFICERS}\n\n(para. 73)`],
    ['by its number', `It says:\n\n> 73. ${PRISON_OFFICERS}\n`],
  ])('have the paragraph that is named %s', (_, draft) => {
    const { items } = check(draft);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ kind: 'block', verdict: 'verbatim', claim: { paragraphs: [73] } });
  });

  it('go over lines, and are one for each paragraph', () => {
    const { items } = check(
      `> Prison officers were considered to play a crucial role\n> in prison management\n>\n> ${LAST_RESORT}\n`,
    );
    expect(items.map(({ verdict }) => verdict)).toEqual(['verbatim', 'verbatim']);
  });

  it('are caught where they are altered', () => {
    const item = only(`> ${PRISON_OFFICERS.replace('crucial', 'minor')}`);
    expect(item.verdict).toBe('altered');
    expect(item.matches[0]?.changes).toEqual([{ source: 'crucial', given: 'minor' }]);
  });
});

describe('mentions of paragraphs', () => {
  it.each<[string, number[]]>([
    [`As noted in paragraph 71, '${LAST_RESORT}'.`, [71]],
    [`“${LAST_RESORT}” (para. 71).`, [71]],
    [`“${LAST_RESORT}.” (see paras. 70-72)`, [70, 71, 72]],
    [`“${LAST_RESORT}” [paras 70, 71 and 74]`, [70, 71, 74]],
    [`In para 71 of the Chair's summary we read “${LAST_RESORT}”.`, [71]],
    [`“${LAST_RESORT}”, as ¶71 puts it.`, [71]],
    [`Paragraph 71 is clear. It says: “${LAST_RESORT}”.`, [71]],
    [`Paragraphs 70 to 72 say “${LAST_RESORT}”.`, [70, 71, 72]],
  ])('go with the quotation: %s', (draft, paragraphs) => {
    expect(only(draft)).toMatchObject({ verdict: 'verbatim', claim: { paragraphs, missing: [] } });
  });

  it('go each with its own quotation of a sentence', () => {
    const { items } = check(
      `Paragraph 71 says “${LAST_RESORT}” and paragraph 74 says “breaking the cycle of reoffending required a whole-of-government-and society approach”, while “Prison officers were considered to play a crucial role” (para. 73).`,
    );
    expect(items.map(({ claim, verdict }) => [claim?.paragraphs, verdict])).toEqual([
      [[71], 'verbatim'],
      [[74], 'verbatim'],
      [[73], 'verbatim'],
    ]);
  });

  it.each([
    'Paragraph 62 of the Kyoto Declaration asks States for very many things.',
    'Operative paragraph 96 of that text was adopted after long and hard talks.',
    'Paragraph 5 of General Assembly resolution 70/175 was adopted after long talks.',
  ])('of other texts are nobody’s business: %s', (draft) => {
    expect(check(draft).items.map(({ kind }) => kind)).toEqual(['passage']);
  });

  it('that name no paragraph are told', () => {
    expect(only(`“${LAST_RESORT}” (para. 999).`)).toMatchObject({
      verdict: 'misattributed',
      claim: { paragraphs: [999], missing: [999] },
    });
  });

  it('may come with the draft, for what names none itself', () => {
    const { items } = check(`They say “${LAST_RESORT}”. And “${PRISON_OFFICERS}” (para. 73).`, 71);
    expect(items.map(({ claim, verdict }) => [claim?.paragraphs, claim?.start === null, verdict])).toEqual([
      [[71], true, 'verbatim'],
      [[73], false, 'verbatim'],
    ]);
  });

  it('take the document that is named beside them', () => {
    expect(only(`“${LAST_RESORT}” (${RECORD_ID}, para. 71).`).claim).toMatchObject({
      document: RECORD_ID,
      paragraphs: [71],
    });
  });
});

describe('what a paragraph is said to say', () => {
  it('is judged where the words are the record’s', () => {
    const item = only(`Paragraph 71 says that ${LAST_RESORT}.`);
    expect(item).toMatchObject({ kind: 'statement', verdict: 'verbatim', text: `${LAST_RESORT}.` });
    expect(only(`Paragraph 72 says that ${LAST_RESORT}.`).verdict).toBe('misattributed');
  });

  it.each([
    'Paragraph 82 says that many women sit in jail for administrative offences.',
    'According to para. 82 of the summary, many women sit in jail for administrative offences.',
    'Many women sit in jail for administrative offences (para. 82).',
    'Many women sit in jail for administrative offences, as noted in paragraph 82.',
  ])('in other words has no verdict but the nearest sentence: %s', (draft) => {
    const item = only(draft);
    expect(item).toMatchObject({ kind: 'statement', verdict: null, unjudged: 'paraphrase' });
    expect(item.text).toMatch(/^many women sit in jail for administrative offences/iu);
    expect(item.matches[0]?.paragraph.number).toBe(82);
    expect(item.matches[0]?.quote).toContain('many women were in prison for administrative offenses');
    expect(item.matches[0]?.similarity).toBeGreaterThan(0.3);
  });

  it('has the better sentence elsewhere beside the nearest that is claimed', () => {
    const { matches } = only(
      'Paragraph 12 says that deprivation of liberty is a measure of the last resort.',
    );
    expect(matches.map(({ paragraph }) => paragraph.number)).toEqual([12, 71]);
  });

  it('is nothing where nothing is said', () => {
    expect(check(`See paragraph 71. And “${LAST_RESORT}”.`).items).toHaveLength(1);
  });
});

describe('a text without marks and mentions', () => {
  it('is itself taken for a quotation, a paragraph each', () => {
    const { items } = check(`${PRISON_OFFICERS}\n\n${LAST_RESORT.replace('should', 'must')}`);
    expect(items.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['passage', 'verbatim'],
      ['passage', 'altered'],
    ]);
  });
});

describe('any draft', () => {
  it('breaks nothing', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '“',
        '”',
        '"',
        "'",
        '‘',
        '’',
        '«',
        '»',
        '> ',
        '\n',
        '\n\n',
        '(para. 71)',
        'paragraph 7 says that ',
        '…',
        '[',
        ']',
      ),
      fc.constantFrom(LAST_RESORT, PRISON_OFFICERS),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        check(pieces.join(''));
      }),
      { seed: 163, numRuns: 300 },
    );
  });

  it('has its places in order, and none twice', () => {
    const sentences = record.paragraphs.slice(60, 80).map(({ number, wording }) => ({
      number,
      text: wording.text.split('. ')[0] ?? '',
    }));
    const draft = sentences.map(({ number, text }) => `Paragraph ${number} says “${text}”.`).join(' ');
    const { items } = check(draft);
    expect(items.map(({ claim, verdict }) => [claim?.paragraphs[0], verdict])).toEqual(
      sentences.map(({ number }) => [number, 'verbatim']),
    );
    expect(items.map(({ start }) => start)).toEqual(
      items.map(({ start }) => start).toSorted((a, b) => a - b),
    );
  });
});
