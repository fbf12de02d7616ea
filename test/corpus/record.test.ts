import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Paragraph, type Piece, parseRecord, type RecordDocument } from '../../src/corpus/index.js';
import { CORPUS, loadRecord, RECORD_ID } from '../support/fixtures.js';
import { joined, withoutMarks } from '../support/source.js';

const SHA256 = '27480f6d947ad034a515901546a9f08a15445ec1078b2cbccbe1416c2ddcd665';
const LAST = 163;
const LEVELS = { part: 1, year: 2, section: 3, 'sub-heading': 4 } as const;

/** Kind, first and last paragraph, year, title: typed from the document, in its order. */
const HEADINGS: readonly (readonly [keyof typeof LEVELS, number, number, number | null, string])[] = [
  ['part', 1, 12, null, 'I. Background'],
  ['part', 13, 156, null, "II. 2021-2024 CCPCJ Thematic Discussions: Chair's summaries of the deliberations"],
  ['year', 13, 51, 2021, '1. 2021 Thematic Discussions – Pillar I: Advancing Crime prevention'],
  ['section', 13, 15, 2021, '(a) Opening session'],
  [
    'section',
    16,
    27,
    2021,
    '(b) Addressing the causes, including the root causes, of crime - Evidence-based crime prevention - Tailor-made crime prevention strategies',
  ],
  ['section', 28, 36, 2021, '(c) Addressing the economic dimension of crime'],
  [
    'section',
    37,
    51,
    2021,
    '(d) Mainstreaming a gender perspective into crime prevention; addressing the needs and protect the rights of children and youth in crime prevention; and empowering youth for crime prevention',
  ],
  ['sub-heading', 39, 44, 2021, 'Mainstreaming a gender perspective in crime prevention'],
  ['sub-heading', 45, 48, 2021, 'Children and youth in crime prevention'],
  ['sub-heading', 49, 51, 2021, 'Youth empowerment for crime prevention'],
  ['year', 52, 88, 2022, '2. 2022 Thematic Discussions – Pillar II: Advancing Criminal justice Systems'],
  ['section', 52, 56, 2022, '(a) Opening session'],
  [
    'section',
    57,
    68,
    2022,
    '(b) Safeguarding victims’ rights and protecting witnesses and reporting persons; Improving criminal investigation processes',
  ],
  [
    'section',
    69,
    75,
    2022,
    '(c) Improving prison conditions; Reducing reoffending through rehabilitation and reintegration',
  ],
  [
    'section',
    76,
    88,
    2022,
    '(d) Mainstreaming a gender perspective into criminal justice systems; Addressing the vulnerabilities of children and youth in contact with the criminal justice system',
  ],
  ['sub-heading', 79, 84, 2022, 'Mainstreaming a gender perspective in criminal justice systems'],
  [
    'sub-heading',
    85,
    88,
    2022,
    'Addressing the vulnerabilities of children and youth in contact with the criminal justice system',
  ],
  ['year', 89, 112, 2023, '3. 2023 Thematic Discussions – Pillar III: Promoting the Rule of Law'],
  ['section', 89, 91, 2023, '(a) Opening session'],
  [
    'section',
    92,
    102,
    2023,
    '(b) Access to justice and equal treatment before the law; access to legal aid; national sentencing policies',
  ],
  [
    'section',
    103,
    112,
    2023,
    '(c) Effective, accountable, impartial and inclusive institutions; Effective anti-corruption efforts; Social, educational and other measures',
  ],
  [
    'year',
    113,
    156,
    2024,
    '4. 2024 Thematic Discussions – Pillar IV: Promoting International Cooperation and Technical Assistance to Prevent and Address All Forms of Crimes',
  ],
  ['section', 113, 113, 2024, '(a) Opening session'],
  [
    'section',
    114,
    129,
    2024,
    '(b) International cooperation, including through capacity-building and technical assistance; international cooperation to deprive criminals of their proceeds of crime',
  ],
  ['section', 130, 140, 2024, '(c) Terrorism in all its forms and manifestations'],
  ['section', 141, 156, 2024, '(d) New, emerging and evolving forms of crime'],
  ['part', 157, 163, null, 'III. Examples for innovative elements emerging from the thematic discussions'],
];

/** Mark, paragraph, first and last words. */
const FOOTNOTES: readonly (readonly [number, number, string, string])[] = [
  [
    1,
    3,
    "The Chair's Summary of the 2021 CCPCJ Thematic Discussions",
    'E/CN/15/2022/CRP.1, can be found here.',
  ],
  [
    2,
    3,
    "The Chair's Summary of the 2022 CCPCJ Thematic Discussions",
    'E/CN/15/2023/CRP1, can be found here.',
  ],
  [
    3,
    3,
    "The Chair's Summary of the 2023 CCPCJ Thematic Discussions",
    'E/CN/15/2024/CRP.2, can be found here.',
  ],
  [
    4,
    3,
    "The Chair's Summary of the 2024 CCPCJ Thematic Discussions",
    'E/CN/15/2025/CRP.1, can be found here.',
  ],
  [
    5,
    11,
    'https://www.unodc.org/documents/commissions/',
    'pdf Background note, CCPCJ Thematic Discussions 2021.',
  ],
  [6, 11, 'Background note, CCPCJ', 'Thematic Discussions 2022.'],
  [7, 11, 'Background note, CCPCJ', 'Thematic Discussions 2023.'],
  [8, 11, 'Background note, CCPCJ', 'Thematic Discussions 2024.'],
  [9, 12, 'Statements and Presentations, CCPCJ', 'Thematic Discussions 2021.'],
  [10, 12, 'Statements and Presentations, CCPCJ', 'Thematic Discussions 2022.'],
  [11, 12, 'Statements and Presentations, CCPCJ', 'Thematic Discussions 2023.'],
  [12, 12, 'Statements and Presentations, CCPCJ', 'Thematic Discussions 2024.'],
  [
    13,
    31,
    '30. Responsibilities of law enforcement and investigative authorities. Countries should',
    'predicate offences and terrorist financing. (...)',
  ],
  [
    14,
    70,
    'United Nations Standard Minimum Rules for the Treatment of Prisoners',
    'resolution 70/175, annex, Rule 3.',
  ],
  [15, 70, 'United Nations Rules for the Treatment of Women Prisoners', 'adopted in March 2011.'],
  [
    16,
    70,
    'United Nations Standard Minimum Rules for Non-custodial Measures',
    'annex, adopted in December 1990.',
  ],
  [17, 105, 'www.unodc.org/unodc/en/corruption/COSP/', '/COSP/conference-of-the-states-parties.html.'],
];

/** Paragraph and the words on both sides of a page break or a footnote block that cuts it. */
const CUTS: readonly (readonly [number, string, string])[] = [
  [
    10,
    'the Organization for Security and Co-operation in',
    'Europe (OSCE), the Organization of American States',
  ],
  [10, 'the United Nations Working Group of', 'Experts on People of African Descent, the United Nations'],
  [13, 'crime prevention, just as the COVID-19', 'pandemic has made our world poorer and more unequal'],
  [21, 'encouraged to share good practices in this regard.', 'Examples of collecting and visualizing'],
  [39, 'Disaggregating data by specific criteria,', 'such as gender and age, was viewed as essential'],
  [46, 'promoting child-sensitive investigation and court', 'procedures, non-custodial sanctions'],
  [53, 'for Member States to come together with United', 'Nations partners, international organizations'],
  [60, 'inclusive criminal justice systems. Key elements', 'of this approach included listening to victims'],
  [66, 'use of non-judicial attire in court proceedings.', 'The practical challenges of interviewing'],
  [79, 'an increasing share of women convicted', 'of trafficking in persons offences'],
  [90, 'to achieve sustainable development, and', "commended that the Commission's work"],
  [96, 'it was underlined that ensuring', 'tailored, sustainable, and well-funded justice services'],
  [101, 'notably catalysed by the challenges posed by the', 'pandemic, but that such technology'],
  [107, 'stressed the need for national anti-corruption', 'strategies and strong, independent'],
  [112, 'the importance of multi-disciplinary and inter-agency', 'approaches, for example, in addressing'],
  [123, 'They reported on their engagement in', 'different operational networks such as'],
  [128, 'Reference was also made to RES/A/78/265 entitled', '“Seizing the opportunities of safe'],
  [135, 'including for bringing them into', 'compliance with the FATF standards'],
  [146, 'collection and analysis of data on such crimes.', 'Partnerships with civil society, indigenous'],
  [153, 'Some speakers also mentioned', 'the surge of “cybercrime-as-a-service”'],
  [161, 'increased attention during the thematic discussions,', 'including approaches for the reintegration'],
];

/** First words of every bullet, by paragraph. */
const BULLETS: Readonly<Record<number, readonly string[]>> = {
  4: [
    'Thematic session 1: Addressing the causes',
    'Thematic session 2: Addressing the economic',
    'Thematic session 3: Mainstreaming',
  ],
  5: [
    'Thematic session 1: Safeguarding',
    'Thematic session 2: Improving prison',
    'Thematic session 3: Mainstreaming',
  ],
  6: ['Thematic session 1: Access to justice', 'Thematic session 2: Effective, accountable'],
  7: [
    'Thematic session 1: International cooperation',
    'Thematic session 2: Terrorism',
    'Thematic session 3: New, emerging',
  ],
  10: [
    'In 2021: Government panellists',
    'In 2022: Government panellists',
    'In 2023: Government panellists',
    'In 2024: Government panellists',
  ],
  156: [
    'Many speakers observed a trend to poly-criminality.',
    'Many speakers mentioned combating financial crime',
    'Many speakers stated that the development',
    'Many speakers called for strengthened international',
    'A recurring theme was that new',
    'Many speakers underlined the need to adopt whole of society',
  ],
  160: [
    'Progress has been made since 2021',
    'Innovative, multi-disciplinary and participatory',
    'Participants in the thematic discussions',
    'Based on lessons learnt',
  ],
  161: ['The protection of prisoners', 'The protection of children', 'Gaps were identified'],
  162: [
    'Many speakers expressed concern',
    'Many speakers acknowledged that fraud',
    'The challenges posed by the use of crypto currency',
    'Further research was recommended',
    'With a view to making the work of central authorities',
  ],
  163: [
    'A number of speakers referred to available data',
    'Throughout the thematic discussions',
    'The importance of streamlining the topic of electronic evidence',
  ],
};

const SUPERSCRIPT = /[⁰¹²³⁴⁵⁶⁷⁸⁹]/u;
/** A stop, or the mark before a list or between its items. */
const SENTENCE_END = /[.!?:;][”")]?$/u;

describe('the record', () => {
  let record: RecordDocument;
  let pieces: readonly Piece[];
  const paragraph = (number: number): Paragraph => {
    const found = record.paragraphs.find((candidate) => candidate.number === number);
    if (!found) throw new Error(`no paragraph ${number}`);
    return found;
  };

  beforeAll(async () => {
    record = await loadRecord();
    ({ pieces } = parseRecord(record.source));
  });

  describe('source', () => {
    it('is the file that was given, byte for byte', async () => {
      const bytes = await readFile(path.join(CORPUS, `${RECORD_ID}.txt`));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(SHA256);
      expect(Buffer.from(record.source, 'utf8').equals(bytes)).toBe(true);
    });

    it('gives every non-blank character to exactly one piece', () => {
      const owners = new Uint8Array(record.source.length);
      for (const piece of pieces) {
        for (const [start, end] of piece.spans) {
          for (let offset = start; offset < end; offset += 1) owners[offset] = (owners[offset] ?? 0) + 1;
        }
      }
      const wrong = [...owners.keys()].filter((offset) => {
        const blank = /\s/u.test(record.source[offset] ?? '');
        return (owners[offset] ?? 0) > 1 || (!blank && owners[offset] !== 1);
      });
      expect(wrong.map((offset) => [offset, record.source.slice(offset, offset + 20)])).toEqual([]);
    });

    it('has in the wording of a piece all that its spans hold, without number, bullet and marks', () => {
      for (const { kind, spans, wording } of pieces) {
        if (kind === 'residue') continue;
        const text = spans.map(([start, end]) => record.source.slice(start, end)).join('\n');
        const marker =
          kind === 'paragraph'
            ? /^\d+\. /u
            : kind === 'bullet'
              ? /^- /u
              : kind === 'front-matter'
                ? /^\* /u
                : /^$/u;
        expect(wording.text).toBe(withoutMarks(text.replace(marker, '')).trim());
      }
    });
  });

  describe('paragraphs', () => {
    it('are numbered 1 to 163 without a gap, after the front matter', () => {
      expect(record.paragraphs.map(({ number }) => number)).toEqual(
        Array.from({ length: LAST + 1 }, (_, number) => number),
      );
    });

    it('stand under their headings and in their year, each of them', () => {
      for (const { number, section, year } of record.paragraphs) {
        const above = HEADINGS.filter(([, from, to]) => from <= number && number <= to);
        expect(section, `para. ${number}`).toEqual(above.map(([, , , , title]) => title));
        expect(year, `para. ${number}`).toBe(above.at(-1)?.[3] ?? null);
      }
    });

    it.each([
      [1, 12, null],
      [13, 51, 2021],
      [52, 88, 2022],
      [89, 112, 2023],
      [113, 156, 2024],
      [157, 163, null],
    ])('%i to %i have the year %s', (from, to, year) => {
      const years = record.paragraphs.filter(({ number }) => from <= number && number <= to);
      expect(years).toHaveLength(to - from + 1);
      expect([...new Set(years.map((found) => found.year))]).toEqual([year]);
    });

    it('are not begun by numbered headings, nor by the number in footnote 13', () => {
      expect(paragraph(1).wording.text).toMatch(/^On 7 March 2021, the Congress adopted by consensus/u);
      expect(paragraph(2).wording.text).toMatch(/^In resolution A\/RES\/76\/181, the General Assembly/u);
      expect(paragraph(3).wording.text).toMatch(/^During the summer of 2021/u);
      expect(paragraph(4).wording.text).toMatch(/^In 2021, the CCPCJ Thematic Discussions addressed/u);
      expect(paragraph(30).wording.text).toMatch(
        /^A number of speakers highlighted the importance of asset/u,
      );
      expect(paragraph(34).wording.text).toMatch(/^Speakers discussed the merits and limitations/u);
    });

    it('end where a sentence ends, and so does each of their blocks', () => {
      for (const { number, blocks, wording } of record.paragraphs.slice(1)) {
        expect(wording.text, `para. ${number}`).toMatch(/[.!?][”")]?$/u);
        for (const block of blocks) expect(block.wording.text, `para. ${number}`).toMatch(SENTENCE_END);
      }
    });

    it('begin with a capital letter or a digit, and so does each of their blocks', () => {
      for (const { number, blocks } of record.paragraphs.slice(1)) {
        for (const block of blocks) expect(block.wording.text, `para. ${number}`).toMatch(/^[\p{Lu}\p{N}]/u);
      }
    });

    it.each(CUTS)('paragraph %i goes on over the break between "%s" and "%s"', (number, before, after) => {
      const text = `${before} ${after}`;
      expect(record.source).not.toContain(text);
      expect(paragraph(number).wording.text).toContain(text);
      const whole = paragraph(number).blocks.filter(({ wording }) => wording.text.includes(text));
      expect(whole).toHaveLength(1);
    });

    it.each([
      [13, 'In the opening session of the', 'leaving people more vulnerable to crime and violence.”'],
      [
        36,
        'A number of speakers made reference',
        'involve civil society in establishing a culture of lawfulness.',
      ],
      [
        70,
        'During the introductory presentations',
        'United Nations Common Position on Incarceration (2021).',
      ],
      [
        107,
        'It was noted that building effective',
        'businesses, civil society and faith-based organizations.',
      ],
      [161, 'Agenda item 2 of the 15th Congress', 'increased attention on this topic (2021, 2022, 2023).'],
    ])('paragraph %i is whole beside a page break, from "%s" to "%s"', (number, first, last) => {
      const { text } = paragraph(number).wording;
      expect(text.startsWith(first)).toBe(true);
      expect(text.endsWith(last)).toBe(true);
    });

    it('that a break cuts are known: no other has a line of its own inside a block', () => {
      const cut = pieces.filter(
        ({ kind, spans }) => ['paragraph', 'bullet'].includes(kind) && spans.length > 1,
      );
      expect(cut).toHaveLength(CUTS.length);
    });

    it('have no marks in their wording: no bold, no link target, no footnote mark', () => {
      for (const { number, wording, blocks, footnotes, section } of record.paragraphs) {
        const texts = [wording, ...blocks.map((b) => b.wording), ...footnotes.map((f) => f.wording)];
        for (const text of [...texts.map((w) => w.text), ...section]) {
          expect(text, `para. ${number}`).not.toMatch(/\*|\]\(|[[\]]/u);
          expect(text, `para. ${number}`).not.toMatch(SUPERSCRIPT);
          expect(text, `para. ${number}`).not.toMatch(/ {2}|^\s|\s$/u);
        }
      }
    });
  });

  describe('front matter', () => {
    it('is number 0, has no heading and no year', () => {
      expect(record.paragraphs[0]).toMatchObject({ number: 0, section: [], year: null, footnotes: [] });
    });

    it('holds date, place, title, the four Chairs and the standing of the text', () => {
      const { text } = paragraph(0).wording;
      for (const words of [
        '16 January 2025',
        'English only',
        'Preparatory Meeting for the Fifteenth United Nations Congress on Crime Prevention and Criminal Justice',
        'Abu Dhabi, 25–30 April 2026',
        "Chair's summaries on the 2021 to 2024 thematic discussions of the Commission on Crime Prevention and Criminal Justice on the implementation of the Kyoto Declaration",
        'Alessandro Cortese (Italy)',
        'Takeshi Hikihara (Japan)',
        'Mary Mugwanja (Kenya)',
        'Ivo Sramek (Czechia)',
        'The summaries by the Chairs are not subject to negotiation.',
        'This document has not been edited.',
      ]) {
        expect(text).toContain(words);
      }
      expect(text).not.toContain('Background');
    });
  });

  describe('outline', () => {
    it('lists parts, years, lettered sections and five sub-headings with their paragraphs', () => {
      expect(record.outline.map(({ kind, from, to, year, title }) => [kind, from, to, year, title])).toEqual(
        HEADINGS,
      );
      expect(record.outline.filter(({ kind }) => kind === 'sub-heading')).toHaveLength(5);
    });

    it('says the level of a heading and where it stands', () => {
      for (const { kind, level, title, span } of record.outline) {
        expect(level).toBe(LEVELS[kind]);
        expect(withoutMarks(joined(record.source, [span]))).toBe(title);
      }
    });
  });

  describe('footnotes', () => {
    it('are 17, attached to the paragraphs that bear their marks', () => {
      const attached = record.paragraphs.flatMap(({ number, footnotes }) =>
        footnotes.map(({ mark }) => [mark, number]),
      );
      expect(attached).toEqual(FOOTNOTES.map(([mark, number]) => [mark, number]));
    });

    it.each(FOOTNOTES)('%i, at paragraph %i, is whole from "%s" to "%s"', (mark, number, first, last) => {
      const text = paragraph(number).footnotes.find((footnote) => footnote.mark === mark)?.wording.text ?? '';
      expect(text.startsWith(first)).toBe(true);
      expect(text.endsWith(last)).toBe(true);
    });

    it('do not stand in running text, nor do their marks', () => {
      const running = record.paragraphs.map(({ wording }) => wording.text).join('\n');
      for (const { wording } of record.paragraphs.flatMap(({ footnotes }) => footnotes)) {
        expect(running).not.toContain(wording.text);
      }
      expect(running).not.toMatch(
        /unodc\.org|CRP\.|Background note, CCPCJ|Responsibilities of law enforcement/u,
      );
      expect(paragraph(3).wording.text).toContain('Pillar I: Advancing Crime Prevention. The second round');
      expect(paragraph(11).wording.text).toContain('each of the 2021, 2022, 2023 and 2024 CCPCJ');
      expect(paragraph(12).wording.text).toContain('during the 2021, 2022, 2023 and 2024 CCPCJ');
      expect(paragraph(31).wording.text).toMatch(/to FATF recommendation 30 in this regard\.$/u);
      expect(paragraph(70).wording.text).toContain(
        'Nelson Mandela Rules, the Bangkok Rules and the Tokyo Rules.',
      );
      expect(paragraph(105).wording.text).toContain('(UNCAC) in December 2023. The representative');
    });
  });

  describe('bullets', () => {
    it('stand in paragraphs 4 to 7, 10, 156 and 160 to 163 only', () => {
      const withBullets = record.paragraphs.filter(({ blocks }) =>
        blocks.some(({ kind }) => kind === 'bullet'),
      );
      expect(withBullets.map(({ number }) => number)).toEqual(Object.keys(BULLETS).map(Number));
    });

    it.each(Object.entries(BULLETS))('of paragraph %s are %j after one lead-in', (number, starts) => {
      const { blocks, wording } = paragraph(Number(number));
      expect(blocks.map(({ kind }) => kind)).toEqual(['body', ...starts.map(() => 'bullet')]);
      expect(blocks[0]?.wording.text).toMatch(/:$/u);
      for (const [index, start] of starts.entries()) {
        expect(blocks[index + 1]?.wording.text.slice(0, start.length)).toBe(start);
      }
      expect(wording.text).toBe(
        blocks
          .map((block) => (block.kind === 'bullet' ? `- ${block.wording.text}` : block.wording.text))
          .join('\n'),
      );
    });

    it('leave other paragraphs one block', () => {
      const others = record.paragraphs.filter(({ number }) => number > 0 && !(number in BULLETS));
      for (const { number, blocks, wording } of others) {
        expect(blocks, `para. ${number}`).toHaveLength(1);
        expect(blocks[0]?.wording.text).toBe(wording.text);
      }
    });

    it('do not count the lone "-" at the end: it is residue, the only one', () => {
      const residue = pieces.filter(({ kind }) => kind === 'residue');
      expect(residue).toHaveLength(1);
      expect(joined(record.source, residue[0]?.spans ?? [])).toBe('-');
      expect(residue[0]?.spans[0]?.[1]).toBe(record.source.trimEnd().length);
      expect(residue[0]?.wording.text).toBe('');
      expect(paragraph(LAST).wording.text).toMatch(
        /build capacity in this regard was also highlighted \(2024\)\.$/u,
      );
    });
  });
});
