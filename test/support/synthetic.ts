import fc from 'fast-check';

/** A record made up of known pieces, with what its paragraphs and footnotes have to say. */
export interface SyntheticRecord {
  readonly source: string;
  /** Wording of paragraph 1, 2, ... without bold marks, link targets and footnote marks. */
  readonly paragraphs: readonly string[];
  /** Wording of footnote 1, 2, ... */
  readonly footnotes: readonly string[];
  /** Whether a page break or a footnote block cuts the paragraph. */
  readonly cut: readonly boolean[];
}

type Token =
  | { readonly kind: 'words' | 'bold' | 'boldLines' | 'link' | 'boldLink'; readonly words: readonly string[] }
  | { readonly kind: 'mark'; readonly note: readonly string[] };
type Gap = 'space' | 'none' | 'line' | 'page';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (number: number) =>
  [...String(number)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');

/** No word can be taken for a heading, a number, a bullet or a mark. */
const word = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-zé’]{1,6}$/u) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('🙂', 'x👩‍👩‍👧y', '“so”', 'x(a)', 'a/b-c', 'e.g.', '2021,', '第三', '[x'),
  },
);
const words = fc.array(word, { minLength: 1, maxLength: 4 });
const token: fc.Arbitrary<Token> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('words' as const), words }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('bold' as const, 'boldLines' as const), words }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('link' as const, 'boldLink' as const),
      words: words.map((list) => list.map((each) => each.replace('[', ''))),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mark' as const), note: words }) },
);
const gap = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Gap>('space') },
  { weight: 1, arbitrary: fc.constant<Gap>('none') },
  { weight: 1, arbitrary: fc.constant<Gap>('line') },
  { weight: 1, arbitrary: fc.constant<Gap>('page') },
);
const target = fc.constantFrom('#', 'https://example.org/a?b=1', '');
const paragraph = fc.array(fc.record({ token, gap, target }), { minLength: 1, maxLength: 8 });

/**
 * Records of one to three paragraphs with bold words, links, footnotes, lines and pages that end anywhere between
 * words; a footnote stands at the next page break, or after its paragraph.
 */
export const syntheticRecords: fc.Arbitrary<SyntheticRecord> = fc
  .record({
    paragraphs: fc.array(paragraph, { minLength: 1, maxLength: 3 }),
    lineBreak: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ paragraphs, lineBreak }) => {
    let source = '';
    const wordings: string[] = [];
    const footnotes: string[] = [];
    const cut: boolean[] = [];
    let waiting: string[] = [];
    const pageBreak = () => {
      source += `\n\n${waiting.map((note) => `${note}\n\n`).join('')}`;
      waiting = [];
    };
    for (const [index, pieces] of paragraphs.entries()) {
      source += `${index + 1}. Begin`;
      let wording = 'Begin';
      let broken = false;
      for (const { token: piece, gap: before, target: link } of pieces) {
        if (piece.kind === 'mark') {
          // A mark is glued to a word; at the start of a line it would be a footnote.
          footnotes.push(`${piece.note.join(' ')}.`);
          source += superscript(footnotes.length);
          waiting.push(`${superscript(footnotes.length)} ${piece.note.join(' ')}.`);
          source += ',';
          wording += ',';
          continue;
        }
        if (before === 'line') source += '\n';
        else if (before === 'page') pageBreak();
        else if (before === 'space') source += ' ';
        broken ||= before === 'page';
        if (before !== 'none') wording += ' ';
        const text = piece.words.join(' ');
        wording += text;
        if (piece.kind === 'words') source += text;
        else if (piece.kind === 'bold') source += `**${text}**`;
        else if (piece.kind === 'boldLines') source += `**${piece.words.join('\n')}**`;
        else if (piece.kind === 'link') source += `[${text}](${link})`;
        else source += `**[${text}](${link})**`;
      }
      source += ' end.';
      wordings.push(`${wording} end.`);
      cut.push(broken);
      pageBreak();
    }
    return { source: source.replaceAll('\n', lineBreak), paragraphs: wordings, footnotes, cut };
  });
