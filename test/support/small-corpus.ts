import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCorpus, type RecordDocument } from '../../src/corpus/index.js';
import { MODEL_CACHE } from './fixtures.js';
import { writeFiles } from './temporary.js';

/** Words that stand in questions only, never in the text. */
export const ONLY_ASKED = ['zebra', 'xylophone', 'quokka'] as const;

const PRISONS = `Notes on prisons

I. Conditions

1. 2022 Discussions - Prisons

(a) Conditions of detention

1. Speakers said that **overcrowding** was the main obstacle to humane prisons. They asked for fewer arrests.

2. The [Bangkok Rules](#) were praised¹. They concern women who are held

¹ General Assembly resolution 65/229.

in prisons and detention centres.

3. The following was recommended:

- Access to legal aid from the first day;
- Work and education for prisoners (2022).
`;
const CYBERCRIME = `Notes on crime online

1. The new convention on cybercrime was welcomed. It is a legal basis for sharing electronic evidence.

2. Fraud and phishing grew. Police should block the servers, as one speaker put it in 2024.

3. Many speakers feared the use of artificial intelligence by terrorists.
`;

export const SMALL_CORPUS: Readonly<Record<string, string>> = {
  'prisons.txt': PRISONS,
  'prisons.json': JSON.stringify({ id: 'prisons', title: 'Prisons', date: '2022-05-01', language: 'en' }),
  'prisons.questions.jsonl': [
    {
      paragraph: 1,
      questions: ['Where does the zebra say that jails are too full?', 'Are there too many inmates?'],
      unanswered: ['How many inmates are there too many?'],
    },
    {
      paragraph: 2,
      questions: ['Which rules help a female xylophone player behind bars?', 'Which rules are for women?'],
    },
    { paragraph: 3, questions: ['What should the quokka be offered in jail?'] },
  ]
    .map((line) => JSON.stringify(line))
    .join('\n'),
  'crime-online.txt': CYBERCRIME,
  'crime-online.json': JSON.stringify({
    id: 'crime-online',
    title: 'Crime online',
    date: '2024-05-01',
    language: 'en',
  }),
};

/** A folder for a whole test file; remove it in `afterAll`. */
export async function workspace(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'paracite-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Writes the small corpus with changes (undefined leaves a file out) and reads it. */
export async function smallCorpus(
  folder: string,
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<readonly RecordDocument[]> {
  await rm(folder, { recursive: true, force: true });
  const files = Object.entries({ ...SMALL_CORPUS, ...changes });
  await writeFiles(
    folder,
    Object.fromEntries(files.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]))),
  );
  const { documents, problems } = await loadCorpus(folder);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return documents;
}

/** The bundled encoder's files under another name: a model that is not the bundled one. */
export async function otherModel(folder: string): Promise<string> {
  const name = path.join(folder, 'other-model');
  await symlink(path.join(MODEL_CACHE, 'bundled'), name);
  return name;
}

export async function copyFolder(from: string, to: string): Promise<string> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
  return to;
}
