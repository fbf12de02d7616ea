import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import { type Claim, type Verdict, verify } from '../../src/verify/index.js';
import { loadRecord, RECORD_ID } from '../support/fixtures.js';
import { inOrder, wordingAt } from '../support/verbatim.js';

const SEED = 163;
/** What printing and copying do to a text without changing what it says. */
const PRINTED: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll(' ', '\u00a0 '),
  (text) => text.replace(/ /u, '\n'),
  (text) => text.replaceAll('-', '‑'),
  (text) => text.replaceAll("'", '’'),
  (text) => text.replaceAll(/["“”]/gu, "'"),
  (text) => `“${text}.”`,
  (text) => text.replace(/^\p{L}/u, (letter) => letter.toUpperCase()),
  (text) => text.replace(/^\p{L}/u, (letter) => `[${letter}]`),
  (text) => text.replace(/(?<=\p{L}{4})(?=\p{Ll}{4})/u, '\u00ad'),
  (text) => `… ${text} …`,
  (text) => `${text} [sic]`,
];
/** Not a word of any language. */
const NONSENSE = 'xqzzv';

let record: RecordDocument;

beforeAll(async () => {
  record = await loadRecord();
});

/** The verdict, after a look that what it says of the source is so. */
function check(quote: string, claim: Partial<Claim> = {}): Verdict {
  const verdict = verify([record], { paragraph: null, ...claim, quote });
  for (const match of verdict.matches) {
    expect(inOrder(record.source, match.spans)).toBe(true);
    expect(wordingAt(record.source, match.spans)).toBe(match.quote);
    expect(match.similarity).toBeGreaterThanOrEqual(0);
    expect(match.similarity).toBeLessThanOrEqual(1);
  }
  return verdict;
}

function paragraphsOf({ matches }: Verdict): number[] {
  return matches.map(({ paragraph }) => paragraph.number);
}

describe('a verbatim quotation', () => {
  it.each<[string, number, string]>([
    ['as it is', 71, 'deprivation of liberty should be used as a measure of last resort'],
    [
      'in other quotation marks',
      53,
      "'criminal justice institutions must find ways to break patterns of discrimination'",
    ],
    ['in guillemets', 64, '« Weak provisions to protect whistleblowers were still considered a challenge »'],
    [
      'with other quotation marks inside',
      62,
      'The use of the terms “victim” and ‘survivor’ was discussed by several speakers',
    ],
    [
      'with another apostrophe',
      61,
      'victims’ readiness to provide information in the course of the investigation',
    ],
    [
      'with an ellipsis',
      71,
      'deprivation of liberty should be used … the use of pre-trial detention should be minimized',
    ],
    [
      'with three dots in brackets',
      71,
      'deprivation of liberty [...] last resort, that the use of pre-trial detention should be minimized',
    ],
    [
      'with an ellipsis at either end',
      71,
      '… deprivation of liberty should be used as a measure of last resort …',
    ],
    [
      'with words put in, in brackets',
      72,
      'many speakers also highlighted the plight of women offenders [in prison], who have specific needs',
    ],
    [
      'with a letter changed, in brackets',
      71,
      '[D]eprivation of liberty should be used as a measure of last resort',
    ],
    ['with a capital at the start', 71, 'Deprivation of liberty should be used as a measure of last resort.'],
    [
      'with a small letter at the start',
      71,
      'most speakers identified prison overcrowding as one of the biggest obstacles',
    ],
    [
      'with hyphens that do not break',
      78,
      'multi‑sectoral and whole‑of‑society approach towards ending gender‑based discrimination',
    ],
    ['with spaces for hyphens', 78, 'whole of society approach towards ending gender based discrimination'],
    ['with other spacing', 71, '  deprivation of\u00a0liberty   should\nbe used\tas a measure '],
    ['with a dash of another length', 0, 'Abu Dhabi, 25-30 April 2026'],
    [
      'over a page break',
      66,
      'the use of non-judicial attire in court proceedings. The practical challenges of interviewing',
    ],
    [
      'over a page break with footnotes',
      13,
      'just as the COVID-19 pandemic has made our world poorer and more unequal',
    ],
    [
      'with bold words',
      71,
      'A common theme emanating from the discussions was the urgent need to reduce the scope of imprisonment',
    ],
    [
      'with link texts',
      2,
      'In resolution A/RES/77/231 and A/RES/78/223, the General Assembly requested the Commission',
    ],
    [
      'of a footnote',
      70,
      'United Nations Standard Minimum Rules for Non-custodial Measures, General Assembly resolution 45/110',
    ],
    ['of a list', 156, 'Many speakers mentioned combating financial crime as a key tool'],
    ['of the front matter', 0, 'This document has not been edited.'],
  ])('is found %s', (_, paragraph, quote) => {
    const verdict = check(quote, { document: RECORD_ID, paragraph });
    expect(verdict.verdict).toBe('verbatim');
    expect(paragraphsOf(verdict)).toEqual([paragraph]);
    expect(verdict.matches[0]).toMatchObject({ similarity: 1, changes: [] });
  });

  it.each<[string, number, string]>([
    [
      'with the bold and link marks of the file',
      3,
      'held from 10 to 12 November 2021, focusing on **Pillar I: Advancing Crime Prevention**',
    ],
    [
      'with the footnote marks of the file',
      11,
      'In preparation for each of the 2021⁵, 2022⁶, 2023⁷ and 2024⁸ CCPCJ Thematic Discussions',
    ],
    ['with a footnote mark at its end', 31, 'making reference to FATF recommendation 30 in this regard.¹³'],
  ])('is found %s', (_, paragraph, quote) => {
    expect(check(quote, { paragraph }).verdict).toBe('verbatim');
  });

  it.each<[string, string]>([
    ['a hyphen at the end of a line', 'deprivation of liber-\nty should be used as a measure of last resort'],
    ['a soft hyphen', 'deprivation of liber\u00adty should be used as a measure of last resort'],
  ])('is found where a word is divided by %s', (_, quote) => {
    expect(check(quote, { paragraph: 71 }).verdict).toBe('verbatim');
  });

  it.each<[string, number, string]>([
    [
      'a lead-in and the first item of its list',
      156,
      'became evident during the discussion: Many speakers observed a trend to poly-criminality.',
    ],
    [
      'two items of a list that follow each other',
      4,
      'Addressing the economic dimension of crime; Thematic session 3: Mainstreaming a gender perspective',
    ],
  ])('is found over %s', (_, paragraph, quote) => {
    expect(check(quote, { paragraph }).verdict).toBe('verbatim');
  });

  it('has spans for each block that it stands in', () => {
    const { matches } = check(
      'became evident during the discussion: Many speakers observed a trend to poly-criminality.',
    );
    expect(matches[0]?.quote).toBe(
      'became evident during the discussion: Many speakers observed a trend to poly-criminality',
    );
    expect(matches[0]?.spans).toHaveLength(2);
    expect(matches[0]?.spans.map(([start, end]) => record.source.slice(start, end))).toEqual([
      'became evident during the discussion:\n',
      'Many speakers observed a trend to poly-criminality',
    ]);
  });

  it('is found where a word with a hyphen is divided at it', () => {
    expect(check('such as the new cyber-\ncrime text').verdict).toBe('verbatim');
    expect(check('for Security and Co-\noperation in Europe').verdict).toBe('verbatim');
    expect(check('multi-\nsectoral and whole-of-\nsociety approach', { paragraph: 78 }).verdict).toBe(
      'verbatim',
    );
  });

  it('is found with nothing but a footnote mark after an ellipsis', () => {
    expect(check('reference to FATF recommendation 30 … ¹³', { paragraph: 31 }).verdict).toBe('verbatim');
  });

  it.each<[string, number, string]>([
    ['spaced dots', 71, 'deprivation of liberty . . . a measure of last resort'],
    [
      'four dots',
      71,
      'the urgent need to reduce the scope of imprisonment.... Many speakers made reference to the importance of access to legal aid',
    ],
    ['brackets around dots', 71, 'deprivation of liberty [. . .] a measure of last resort'],
    [
      'a subject for a pronoun',
      59,
      '[The representative] outlined the profile of victims and of perpetrators by gender',
    ],
    ['another ending', 71, 'deprivation of libert[y] should be used as a measure of last resort'],
    ['a remark', 71, 'deprivation of liberty should be used as a measure of last resort (emphasis added)'],
    [
      'footnote marks that became digits',
      70,
      'the Nelson Mandela Rules14, the Bangkok Rules15 and the Tokyo Rules16',
    ],
    [
      'a hyphen that a line break left',
      24,
      'providing service to the com-munity. Proactive and problem-oriented approaches',
    ],
  ])('may have %s', (_, paragraph, quote) => {
    expect(check(quote, { paragraph }).verdict).toBe('verbatim');
  });

  it('has its pieces on either side of an ellipsis', () => {
    const [match] = check(
      'deprivation of liberty should be used … pre-trial detention should be minimized',
    ).matches;
    expect(match?.pieces.map(({ quote }) => quote)).toEqual([
      'deprivation of liberty should be used',
      'pre-trial detention should be minimized',
    ]);
    for (const { quote, spans } of match?.pieces ?? []) expect(wordingAt(record.source, spans)).toBe(quote);
    expect(check('deprivation of liberty should be used').matches[0]?.pieces).toEqual([]);
  });

  it('of fewer than four words stands in few places', () => {
    expect(check('Nelson Mandela Rules').verdict).toBe('verbatim');
    expect(check('poly-criminality').verdict).toBe('verbatim');
    for (const common of ['the', 'of the', 'criminal justice', 'many speakers', 'the … of … the … and']) {
      expect(check(common)).toMatchObject({ verdict: 'not_found', tooShort: true });
    }
    expect(check('Colourless green ideas')).toMatchObject({ verdict: 'not_found', tooShort: true });
  });

  it('is as short as its gaps allow', () => {
    const [match] = check('the use … pre-trial detention should be minimized', { paragraph: 71 }).matches;
    expect(match?.quote).toBe('the use of pre-trial detention should be minimized');
  });

  it('has at most 20 matches', () => {
    expect(check('the').matches).toHaveLength(20);
    expect(check('the', { document: 'another' }).matches).toHaveLength(20);
  });

  it('is found in every paragraph that has it', () => {
    const verdict = check('significantly reduce illicit financial flows');
    expect(verdict.verdict).toBe('verbatim');
    expect(paragraphsOf(verdict)).toEqual([106, 163]);
    expect(paragraphsOf(check('significantly reduce illicit financial flows', { paragraph: 163 }))).toEqual([
      163,
    ]);
  });
});

describe('an altered quotation', () => {
  it.each<[string, number, string, string, string]>([
    [
      'a "not" left out',
      46,
      'justice systems were only essential for ending impunity and ensuring accountability',
      'not',
      '',
    ],
    [
      'a "not" left out',
      45,
      'violence against children was only a crime problem but a developmental issue',
      'not',
      '',
    ],
    ['a "not" left out', 0, 'This document has been edited', 'not', ''],
    ['a "not" put in', 71, 'the use of pre-trial detention should not be minimized', '', 'not'],
    [
      '"must" for "should"',
      71,
      'deprivation of liberty must be used as a measure of last resort',
      'should',
      'must',
    ],
    [
      '"should" for "must"',
      74,
      'such efforts should include partnerships with organizations and individuals',
      'must',
      'should',
    ],
    ['another year', 56, 'held on 3 and 4 December 2023 in Japan on the theme', '2022', '2023'],
    [
      'another year',
      0,
      'in 2023 by H.E. Ambassador Takeshi Hikihara (Japan), Chair of the CCPCJ at its thirty-first session',
      '2022',
      '2023',
    ],
    [
      'another number',
      117,
      'a global community of practitioners from 251 institutions dedicated to countering corruption',
      '215',
      '251',
    ],
    [
      'another number',
      94,
      'mainly relied on "self-rescue" (14%), rather than turning to law enforcement (28%)',
      '41',
      '14',
    ],
    [
      '"many" for "some"',
      32,
      'Many speakers reported challenges for financial investigations related to the use of cryptocurrency',
      'Some',
      'Many',
    ],
    [
      '"many" for "some"',
      150,
      'Many speakers expressed concern about an observed increase in hate crime',
      'Some',
      'Many',
    ],
    [
      '"all" for "many"',
      60,
      'All speakers underscored the importance of adopting victim-centred approaches',
      'Many',
      'All',
    ],
    [
      'another name',
      56,
      'Ms. Heeyeon Kim had served as the Chair of the Second Global Youth Forum',
      'Cho',
      'Kim',
    ],
    ['another country', 0, 'in 2023 by H.E. Ambassador Mary Mugwanja (Uganda)', 'Kenya', 'Uganda'],
    [
      'words left out',
      78,
      'Several cross-cutting issues emerged on all the topics covered',
      'from the discussions',
      '',
    ],
  ])('is one with %s (paragraph %i)', (_, paragraph, quote, source, given) => {
    const verdict = check(quote);
    expect(verdict.verdict).toBe('altered');
    expect(paragraphsOf(verdict)).toEqual([paragraph]);
    const changes = verdict.matches[0]?.changes ?? [];
    const lower = changes.map((change) => [change.source.toLowerCase(), change.given.toLowerCase()]);
    expect(lower).toEqual([[source.toLowerCase(), given.toLowerCase()]]);
    expect(verdict.matches[0]?.similarity).toBeLessThan(1);
  });

  it('lists every change, in order', () => {
    const quote =
      'some speakers acknowledged that concrete measures to address prison overcrowding had been identified and promoted by UNICEF';
    const verdict = check(quote);
    expect(verdict.verdict).toBe('altered');
    expect(
      verdict.matches[0]?.changes.map(({ source, given }) => [source.toLowerCase(), given.toLowerCase()]),
    ).toEqual([
      ['many', 'some'],
      ['strategies', 'measures'],
      ['unodc', 'unicef'],
    ]);
  });

  it('shows all its words in order, the same and the changed', () => {
    const { matches } = check(
      'deprivation of liberty must be used … the use of pre-trial detention should not be minimized',
    );
    expect(matches[0]?.diff).toEqual([
      { kind: 'same', text: 'deprivation of liberty' },
      { kind: 'record', text: 'should' },
      { kind: 'given', text: 'must' },
      { kind: 'same', text: 'be used' },
      { kind: 'omitted', text: '…' },
      { kind: 'same', text: 'the use of pre-trial detention should' },
      { kind: 'given', text: 'not' },
      { kind: 'same', text: 'be minimized' },
    ]);
  });

  it('shows changes in the words of the record and of the quotation, as they are written', () => {
    const { matches } = check('Ms. Heeyeon Kim had served as the Chair of the Second Global Youth Forum');
    expect(matches[0]?.changes).toEqual([{ source: 'Cho', given: 'Kim' }]);
  });

  it('is one although the change is beside an omission that is marked, which is no change', () => {
    const { verdict, matches } = check(
      'deprivation of liberty must be used … the use of pre-trial detention should be minimized',
    );
    expect(verdict).toBe('altered');
    expect(matches[0]?.changes).toEqual([{ source: 'should', given: 'must' }]);
  });

  it('is one with a negation put in, also in brackets', () => {
    const { verdict, matches } = check(
      'deprivation of liberty should [not] be used as a measure of last resort',
    );
    expect(verdict).toBe('altered');
    expect(matches[0]?.changes).toEqual([{ source: '', given: 'not' }]);
  });

  it('is one with another number in a link of the file', () => {
    const { matches } = check('In resolution [A/RES/77/232](#) and [A/RES/78/223](#), the General Assembly');
    expect(matches[0]?.changes).toEqual([{ source: 'A/RES/77/231', given: 'A/RES/77/232' }]);
  });

  it('has no word of another sentence for a word put before the first', () => {
    const { matches } = check('However, most speakers identified prison overcrowding as one of the biggest');
    expect(matches[0]?.changes).toEqual([{ source: '', given: 'However' }]);
  });

  it('is one of a single passage, although the few words that differ stand elsewhere', () => {
    const elsewhere = 'law enforcement and investigative authorities';
    expect(check(elsewhere).verdict).toBe('verbatim');
    const passage = record.paragraphs.find(({ number }) => number === 151)?.wording.text ?? '';
    const words = passage.split(' ').slice(0, 40).join(' ');
    const { verdict, matches } = check(`${words} ${elsewhere}`);
    expect(verdict).toBe('altered');
    expect(matches.map(({ paragraph }) => paragraph.number)).toEqual([151]);
  });

  it('is not verbatim because it is said to stand in the right paragraph', () => {
    const quote = 'deprivation of liberty must be used as a measure of last resort';
    expect(check(quote, { document: RECORD_ID, paragraph: 71 }).verdict).toBe('altered');
  });
});

describe('a stitched quotation', () => {
  it.each<[string, string, number[]]>([
    [
      'two paragraphs',
      'Many speakers highlighted the need to engage communities in crime prevention. The role of the police in prevention was considered important.',
      [23, 24],
    ],
    [
      'two paragraphs of different years, in one sentence',
      'Prison officers were considered to play a crucial role in addressing corruption as an enabler of organized crime',
      [73, 112],
    ],
    [
      'two far-apart sentences of one paragraph, in another order',
      'Speakers shared examples of police outreach activities through sports or culture. The role of the police in prevention was considered important.',
      [24, 24],
    ],
    [
      'two far-apart sentences of one paragraph, without a mark of what is left out',
      'The role of the police in prevention was considered important. Speakers shared examples of police outreach activities through sports or culture.',
      [24, 24],
    ],
  ])('is one of %s', (_, quote, paragraphs) => {
    const verdict = check(quote);
    expect(verdict.verdict).toBe('stitched');
    expect(paragraphsOf(verdict)).toEqual(paragraphs);
  });
});

describe('an ellipsis', () => {
  it.each<[string, string, number[]]>([
    ['hides a "not"', 'This document has … been edited', [0, 0]],
    [
      'hides a "not" with more words',
      'youth was … clear category, and that young people have developmental vulnerabilities',
      [87, 87],
    ],
    ['hides a modal', 'the COVID-19 crisis … lead to an increase of crimes', [27, 27]],
    [
      'joins paragraphs',
      'deprivation of liberty should be used … both while in custody and in the community',
      [71, 74],
    ],
    [
      'turns the order round',
      'the use of pre-trial detention should be minimized … deprivation of liberty should be used',
      [71, 71],
    ],
  ])('makes a stitched quotation where it %s', (_, quote, paragraphs) => {
    const verdict = check(quote);
    expect(verdict.verdict).toBe('stitched');
    expect(paragraphsOf(verdict)).toEqual(paragraphs);
  });

  it('may leave out a sentence with a negation, but not a part of one', () => {
    const before = 'the advantages of non-conviction-based forfeiture systems';
    expect(
      check(
        'A number of speakers addressed the challenges imposed by the COVID-19 pandemic. … some speakers expressed the concern',
      ).verdict,
    ).toBe('stitched');
    expect(check(`${before} … criminals could otherwise use loopholes`).verdict).toBe('verbatim');
  });
});

describe('square brackets', () => {
  it.each<[string, string, string, string]>([
    [
      'stand for a modal',
      'deprivation of liberty [must] be used as a measure of last resort',
      'should',
      'must',
    ],
    ['stand for a number', 'held on 3 and 4 December [2023] in Japan on the theme', '2022', '2023'],
    [
      'stand for a quantity',
      '[All speakers] reported challenges for financial investigations',
      'Some',
      'All',
    ],
  ])('are no aside where they %s', (_, quote, source, given) => {
    const { verdict, matches } = check(quote);
    expect(verdict).toBe('altered');
    expect(matches[0]?.changes).toEqual([{ source, given }]);
  });
});

describe('a stitched quotation with words changed', () => {
  it('has the changes of each fragment', () => {
    const { verdict, matches } = check(
      'Prison officers were considered to play a vital role in addressing corruption as a facilitator of organized crime',
    );
    expect(verdict).toBe('stitched');
    expect(matches.map(({ paragraph, changes }) => [paragraph.number, changes])).toEqual([
      [73, [{ source: 'crucial', given: 'vital' }]],
      [112, [{ source: 'an enabler', given: 'a facilitator' }]],
    ]);
  });
});

describe('a misattributed quotation', () => {
  const quote = 'deprivation of liberty should be used as a measure of last resort';

  it('is verbatim, but not in the paragraph that is claimed', () => {
    const verdict = check(quote, { paragraph: 72 });
    expect(verdict.verdict).toBe('misattributed');
    expect(paragraphsOf(verdict)).toEqual([71]);
    expect(check(quote, { paragraph: 0 }).verdict).toBe('misattributed');
  });

  it('is verbatim, but not in the document that is claimed', () => {
    expect(check(quote, { document: 'another' }).verdict).toBe('misattributed');
    expect(check(quote, { document: 'another', paragraph: 71 }).verdict).toBe('misattributed');
  });
});

describe('a quotation that is not in the record', () => {
  it.each([
    'Colourless green ideas sleep furiously',
    'The moon is made of green cheese and nobody disputes it',
    '第三回の会合では腐敗について議論された',
    '… [...] …',
    '?!',
    NONSENSE,
  ])('is not found: %s', (quote) => {
    expect(check(quote).verdict).toBe('not_found');
  });
});

describe('any run of words', () => {
  interface Run {
    readonly number: number;
    readonly words: readonly string[];
  }

  /** At least five words that follow each other in a block of a paragraph, as printed. */
  function runs(longest: number): fc.Arbitrary<Run> {
    const blocks = record.paragraphs.flatMap(({ number, blocks: all }) =>
      all
        .map(({ wording }) => ({ number, words: wording.text.split(' ') }))
        .filter(({ words }) => words.length >= 5),
    );
    return fc
      .tuple(fc.constantFrom(...blocks), fc.nat(), fc.integer({ min: 5, max: longest }))
      .map(([{ number, words }, offset, length]) => {
        const size = Math.min(length, words.length);
        const from = offset % (words.length - size + 1);
        return { number, words: words.slice(from, from + size) };
      })
      .filter(({ words }) => words.every((word) => /[\p{L}\p{N}]/u.test(word)));
  }

  it('of a paragraph is verbatim there', () => {
    fc.assert(
      fc.property(runs(80), ({ number, words }) => {
        expect(check(words.join(' '), { paragraph: number }).verdict).toBe('verbatim');
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('of a paragraph is verbatim however it is printed', () => {
    fc.assert(
      fc.property(runs(40), fc.shuffledSubarray([...PRINTED]), ({ number, words }, ways) => {
        const quote = ways.reduce((text, print) => print(text), words.join(' '));
        expect(check(quote, { paragraph: number }).verdict, quote).toBe('verbatim');
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('with one changed to another word of the record is never verbatim', () => {
    const vocabulary = [...new Set(record.source.match(/\p{L}{2,}/gu) ?? [])];
    const plain = (text: string) => ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;
    const texts = record.paragraphs.flatMap(({ blocks, footnotes }) => [
      plain(blocks.map(({ wording }) => wording.text).join(' ')),
      ...footnotes.map(({ wording }) => plain(wording.text)),
    ]);
    fc.assert(
      fc.property(runs(40), fc.nat(), fc.constantFrom(...vocabulary), ({ words }, position, word) => {
        const changed = words.with(position % words.length, word).join(' ');
        fc.pre(!texts.some((text) => text.includes(plain(changed))));
        expect(['altered', 'stitched'], changed).toContain(check(changed).verdict);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('over the end of a block is verbatim', () => {
    const ends = record.paragraphs.flatMap(({ number, blocks }) =>
      blocks.slice(1).map(({ wording }, index) => ({
        number,
        before: blocks[index]?.wording.text.split(' ') ?? [],
        after: wording.text.split(' '),
      })),
    );
    const length = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...ends), length, length, ({ number, before, after }, left, right) => {
        const quote = [...before.slice(-left), ...after.slice(0, right)].join(' ');
        expect(check(quote, { paragraph: number }).verdict, quote).toBe('verbatim');
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('with one changed to a nonsense word is altered', () => {
    fc.assert(
      fc.property(runs(40), fc.nat(), ({ words }, position) => {
        const changed = words.with(position % words.length, NONSENSE).join(' ');
        expect(check(changed).verdict, changed).toBe('altered');
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('with one changed to a nonsense word lists this change alone', () => {
    fc.assert(
      fc.property(runs(40), fc.nat(), ({ words }, position) => {
        const changed = words.with(position % words.length, NONSENSE).join(' ');
        const verdict = check(changed);
        fc.pre(verdict.verdict === 'altered');
        expect(
          verdict.matches[0]?.changes.map(({ given }) => given),
          changed,
        ).toEqual([NONSENSE]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('never breaks anything, whatever is put in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (quote) => {
        check(quote);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
