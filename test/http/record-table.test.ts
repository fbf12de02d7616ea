import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type TestApp } from '../support/app.js';
import { elements, textOf } from '../support/html.js';
import { workspace } from '../support/small-corpus.js';
import { writeFiles } from '../support/temporary.js';

const SOURCE = `Notes on trainings

1. The following trainings of prison officers were reported:

| Country | Officers trained | Year |
| --- | --- | --- |
| Kenya | 1,200 | 2023 |
| Czechia | 340 | 2024 |
`;

let app: TestApp;
let remove: () => Promise<void>;

beforeAll(async () => {
  const space = await workspace();
  remove = space.remove;
  const corpusDirectory = path.join(space.folder, 'corpus');
  await writeFiles(corpusDirectory, {
    'trainings.txt': SOURCE,
    'trainings.json': JSON.stringify({
      id: 'trainings',
      title: 'Trainings',
      date: '2024-05-01',
      language: 'en',
    }),
  });
  const indexDirectory = path.join(space.folder, 'index');
  app = await openApp({ corpusDirectory, indexDirectory, abstainThreshold: 0 });
});

afterAll(async () => {
  await app.close();
  await remove();
});

describe('a record with a table', () => {
  it('is read with its rows and cells', async () => {
    const page = await (await app.request('/documents/trainings')).text();
    expect(elements(page, 'th').map(textOf)).toEqual(['Country', 'Officers trained', 'Year']);
    expect(elements(page, 'td').map(textOf)).toEqual(['Kenya', '1,200', '2023', 'Czechia', '340', '2024']);
  });

  it('is quoted by rows, with the header that says what they hold', async () => {
    const { citations } = await app.ask({ question: 'How many officers did Czechia train in 2024?' });
    const cited = citations.find(({ quote }) => quote.startsWith('Czechia'));
    expect(cited?.quote).toBe('Czechia | 340 | 2024');
    expect(cited?.leadIn?.quote).toBe('Country | Officers trained | Year');
    const [[start, end] = [0, 0]] = cited?.spans ?? [];
    const marked = await (await app.request(`/documents/trainings?mark=${start}-${end}`)).text();
    expect(elements(marked, 'mark').map(textOf)).toEqual(['Czechia', '340', '2024']);
  });
});
