import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type PrintBlock, printed, scanned } from './print.js';
import { type WordBlock, wordFile } from './word.js';

const PLACES = [
  'Alder Bay',
  'Birkdale',
  'Corran',
  'Dunmore',
  'Elmhurst',
  'Farrow',
  'Glenport',
  'Hollis',
] as const;
const THINGS = [
  'library',
  'bridge',
  'museum',
  'ferry',
  'market hall',
  'observatory',
  'swimming pool',
] as const;
const WORKS = [
  'the roof',
  'the heating',
  'the entrance',
  'the cellar',
  'the staircase',
  'the windows',
] as const;
const PEOPLE = ['Ada Quill', 'Bruno Sand', 'Carla Wren', 'Dario Fenn', 'Elsa Moor', 'Femi Okoro'] as const;
const REASONS = ['damp walls', 'a fallen tree', 'a burst pipe', 'rust', 'mice', 'frost'] as const;

/** Numbers that are the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A fact that one file of the folder has, and no other. */
export interface Planted {
  readonly file: string;
  readonly question: string;
  /** Words that the answer has. */
  readonly answer: string;
}

interface Text {
  readonly title: string;
  readonly date: string;
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
}

const KINDS = ['md', 'txt', 'html', 'docx', 'pdf'] as const;

/**
 * Writes a folder as offices have it: reports in five formats, some numbered and some not, and of every twenty files one that
 * cannot be read.
 *
 * @returns what is asked of it
 */
export async function writeMixedFolder(folder: string, files: number, seed = 1): Promise<Planted[]> {
  await mkdir(folder, { recursive: true });
  const next = random(seed);
  const planted: Planted[] = [];
  for (let index = 0; index < files; index += 1) {
    if (index % 20 === 19) {
      await writeBad(folder, index);
      continue;
    }
    const { text, fact } = textOf(index, next);
    const kind = KINDS[index % KINDS.length] ?? 'md';
    const file = `report-${String(index).padStart(3, '0')}.${kind}`;
    await writeFile(path.join(folder, file), await contentOf(kind, text, index % 3 !== 0));
    planted.push({ file, ...fact });
  }
  return planted;
}

async function writeBad(folder: string, index: number): Promise<void> {
  const bad = [
    ['scan.pdf', await scanned(1)],
    ['empty.txt', ''],
    ['binary.md', Buffer.from([0, 1, 2, 3])],
    ['sheet.xlsx', 'x'],
    ['wrong.docx', 'This is no Word document.'],
  ] as const;
  const [name, content] = bad[Math.floor(index / 20) % bad.length] ?? bad[0];
  await writeFile(path.join(folder, `${index}-${name}`), content);
}

function textOf(
  index: number,
  next: () => number,
): { readonly text: Text; readonly fact: Omit<Planted, 'file'> } {
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const place = `${PLACES[index % PLACES.length]} ${index}`;
  const thing = THINGS[index % THINGS.length] ?? 'library';
  const sum = 1000 + index * 37;
  const year = 2015 + (index % 10);
  const fact = `The repair of the ${thing} of ${place} cost ${sum} crowns, which the council paid out of its reserve.`;
  const section = (heading: string, own: readonly string[]) => ({
    heading,
    paragraphs: [
      ...own,
      ...Array.from(
        { length: 3 },
        () =>
          `${one(PEOPLE)} reported that ${one(WORKS)} of the ${thing} suffered from ${one(REASONS)} in ${year}. It was agreed that ${one(PEOPLE)} would look into it before the ${1 + Math.floor(next() * 27)}th of the month.`,
      ),
    ],
  });
  return {
    text: {
      title: `Report on the ${thing} of ${place}`,
      date: `${1 + (index % 27)} May ${year}`,
      sections: [section('State of the building', []), section('Costs', [fact]), section('Next steps', [])],
    },
    fact: { question: `What did the repair of the ${thing} of ${place} cost?`, answer: `${sum} crowns` },
  };
}

async function contentOf(
  kind: (typeof KINDS)[number],
  { title, date, sections }: Text,
  numbered: boolean,
): Promise<string | Buffer> {
  let count = 0;
  const number = () => {
    count += 1;
    return numbered ? `${count}. ` : '';
  };
  switch (kind) {
    case 'md':
      return `# ${title}\n\n${date}\n\n${sections
        .map(
          ({ heading, paragraphs }) =>
            `## ${heading}\n\n${paragraphs.map((words) => `${number()}${words}`).join('\n\n')}`,
        )
        .join('\n\n')}\n`;
    case 'txt':
      return `${title}\n\n${date}\n\n${sections
        .map(
          ({ heading, paragraphs }) =>
            `${heading.toUpperCase()}\n\n${paragraphs.map((words) => `${number()}${words}`).join('\n\n')}`,
        )
        .join('\n\n')}\n`;
    case 'html':
      return `<!doctype html><html lang="en"><title>x</title><h1>${title}</h1><p>${date}</p>${sections
        .map(
          ({ heading, paragraphs }) =>
            `<h2>${heading}</h2>${paragraphs.map((words) => `<p>${number()}${words}</p>`).join('')}`,
        )
        .join('')}</html>`;
    case 'docx':
      return wordFile([
        { kind: 'title', text: title },
        { kind: 'text', text: date },
        ...sections.flatMap(({ heading, paragraphs }): WordBlock[] => [
          { kind: 'heading', level: 1, text: heading },
          ...paragraphs.map((text) => ({ kind: numbered ? 'numbered' : 'text', text }) as const),
        ]),
      ]);
    case 'pdf':
      return printed(
        [
          { kind: 'title', text: title },
          { kind: 'text', text: date },
          ...sections.flatMap(({ heading, paragraphs }): PrintBlock[] => [
            { kind: 'heading', text: heading },
            ...paragraphs.map((words) => ({ kind: 'text', text: `${number()}${words}` }) as const),
          ]),
        ],
        { language: 'en', running: 'Works department' },
      );
  }
}
