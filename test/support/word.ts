import {
  AlignmentType,
  Document,
  FootnoteReferenceRun,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  TextRun,
} from 'docx';

/** What a Word document of the tests is made of; `restart` is the first of a list that counts anew. */
export type WordBlock =
  | { readonly kind: 'title' | 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'numbered' | 'restart'; readonly text: string; readonly note?: string };

/** A DOCX whose numbers stand nowhere in its text: the word processor counts them. */
export async function wordFile(
  blocks: readonly WordBlock[],
  about: { readonly title?: string; readonly language?: string } = {},
): Promise<Buffer> {
  const notes = blocks.flatMap((block) => ('note' in block && block.note !== undefined ? [block.note] : []));
  let list = 0;
  const document = new Document({
    title: about.title ?? '',
    ...(about.language !== undefined && {
      styles: { default: { document: { run: { language: { value: about.language } } } } },
    }),
    numbering: {
      config: [
        {
          reference: 'paragraphs',
          levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START }],
        },
      ],
    },
    footnotes: Object.fromEntries(
      notes.map((note, index) => [index + 1, { children: [new Paragraph(note)] }]),
    ),
    sections: [
      {
        children: blocks.map((block) => {
          if (block.kind === 'title') return new Paragraph({ text: block.text, heading: HeadingLevel.TITLE });
          if (block.kind === 'heading')
            return new Paragraph({
              text: block.text,
              heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
            });
          if (block.kind !== 'numbered' && block.kind !== 'restart') return new Paragraph(block.text);
          if (block.kind === 'restart') list += 1;
          const note =
            block.note === undefined ? [] : [new FootnoteReferenceRun(notes.indexOf(block.note) + 1)];
          return new Paragraph({
            children: [new TextRun(block.text), ...note],
            numbering: { reference: 'paragraphs', level: 0, instance: list },
          });
        }),
      },
    ],
  });
  return Packer.toBuffer(document);
}
