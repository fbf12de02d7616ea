import { showCopyButtons } from './copy.js';
import { byId, create, link } from './dom.js';
import { eventsOf } from './events.js';
import { remember, showHistory } from './history.js';

/** The parts of a citation and of a passage of `/v1/ask` that are shown while the answer is on its way. */
interface Place {
  readonly document: string;
  readonly paragraph: number | null;
  readonly label: string;
  readonly section: readonly string[];
}
interface Citation extends Place {
  readonly id: number;
  readonly quote: string;
  readonly spans: readonly (readonly [start: number, end: number])[];
}
interface Passage extends Place {
  readonly snippet: string;
}
/** A sentence of a written answer, in whose words it is. */
interface Sentence {
  readonly text: string;
  readonly words: 'model' | 'record';
}

const form = byId('question', HTMLFormElement);
const result = byId('result', HTMLElement);
const status = byId('status', HTMLElement);
/** Query of the page that is shown. */
let shown = location.search;
/** Stops what is asked when something else is. */
let running = new AbortController();

showHistory();
rememberThis();

// The field for what is asked next comes and goes with the answer.
document.addEventListener('submit', (event) => {
  const { submitter, target } = event;
  if (!(target instanceof HTMLFormElement)) return;
  if (target !== form && !('followUp' in target.dataset)) return;
  const elsewhere = submitter instanceof HTMLButtonElement && submitter.hasAttribute('formaction');
  const url = addressOf(target);
  if (elsewhere || !url.searchParams.has('q')) return;
  event.preventDefault();
  if (url.href !== location.href) history.pushState(null, '', url);
  shown = location.search;
  void show(url);
});

// Going back to what was asked before: the server has the page. Within one page only the fragment changes.
addEventListener('popstate', () => {
  if (location.search !== shown) location.reload();
});

/** Shows the answer as it comes, and then the page's own rendering of it; where anything fails, the page itself. */
async function show(url: URL): Promise<void> {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    say('Searching the record …');
    result?.setAttribute('aria-busy', 'true');
    const extractive = await showEarly(url, signal);
    const whole = new URL(url);
    // The model would be asked a second time, and fail a second time.
    if (extractive) whole.searchParams.set('answer', 'extractive');
    await showWhole(whole, signal);
    rememberThis();
  } catch {
    if (!signal.aborted) location.assign(url);
  }
}

/** @returns whether a model was asked for the answer, and it is made of quotations all the same */
async function showEarly(url: URL, signal: AbortSignal): Promise<boolean> {
  const response = await fetch('/v1/ask', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(requestOf(url.searchParams)),
    signal,
  });
  const streams = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true;
  if (!response.ok || !streams || !response.body || !result) {
    await response.body?.cancel();
    return false;
  }
  const quotations = create('section', 'answer');
  const prose = create('div', 'written');
  const nearest = create('section', 'nearest');
  result.replaceChildren(quotations, nearest);
  byId('start', HTMLElement)?.remove();
  result.className = 'columns';
  for await (const { name, data } of eventsOf(response.body)) {
    const read: unknown = JSON.parse(data);
    if (name === 'passages')
      nearest.replaceChildren(nearestPart((read as { readonly passages: readonly Passage[] }).passages));
    if (name === 'sentence') {
      if (!prose.isConnected) quotations.prepend(prose);
      addSentence(prose, read as Sentence);
    }
    if (name === 'citation') quotations.append(card(read as Citation));
    if (name === 'done') {
      const { mode, generation } = read as { readonly mode: string; readonly generation?: object };
      return mode === 'extractive' && generation !== undefined;
    }
  }
  return false;
}

/** The part of the page that the server renders: marked words, limits, texts to copy. */
async function showWhole(url: URL, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { headers: { Accept: 'text/html' }, signal });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const whole = page.getElementById('result');
  if (!whole || !result) throw new Error('the page has no result');
  const fresh = document.importNode(whole, true);
  result.className = fresh.className;
  result.replaceChildren(...fresh.childNodes);
  result.removeAttribute('aria-busy');
  byId('start', HTMLElement)?.remove();
  document.title = page.title;
  const asked = page.getElementById('q');
  const field = byId('q', HTMLInputElement);
  if (field && asked instanceof HTMLInputElement) field.value = asked.value;
  showCopyButtons(result);
  say([...result.querySelectorAll('#answer, [data-summary]')].map((part) => part.textContent).join('. '));
}

/** Adds a sentence as the page will have it: the model's in one paragraph, the record's as a quotation. */
function addSentence(prose: HTMLElement, { text, words }: Sentence): void {
  const last = prose.lastElementChild;
  if (words === 'record') prose.append(create('blockquote', '', text));
  else if (last instanceof HTMLParagraphElement) last.append(` ${text}`);
  else prose.append(create('p', '', text));
}

/** The address that the form leads to, without fields that were left empty. */
function addressOf(of: HTMLFormElement): URL {
  const url = new URL(of.action);
  for (const [name, value] of new FormData(of)) {
    if (typeof value === 'string' && value.trim() !== '') url.searchParams.append(name, value);
  }
  return url;
}

function requestOf(query: URLSearchParams): unknown {
  return {
    question: query.get('q') ?? '',
    history: query.getAll('after'),
    limit: Number(result?.dataset.limit),
    filters: {
      documents: query.getAll('document'),
      years: query.getAll('year').map(Number),
      sections: query.getAll('section'),
    },
    scope: query.get('scope') !== 'false',
    answer: query.get('answer') ?? 'generated',
  };
}

function card({ id, quote, section, ...place }: Citation): HTMLElement {
  const marks = place.spans.map((span) => span.join('-')).join();
  const heading = create('h3', '', `[${id}] `, link(addressIn(place, `?mark=${marks}`), place.label));
  const path = create('p', 'path', section.join(' › '));
  return create('figure', 'card', create('figcaption', '', heading), create('blockquote', '', quote), path);
}

function nearestPart(passages: readonly Passage[]): HTMLElement {
  const items = passages.map(({ snippet, ...place }) =>
    create(
      'li',
      '',
      create('p', 'place', link(addressIn(place), place.label)),
      create('p', 'snippet', snippet),
    ),
  );
  return create('ol', '', ...items);
}

function addressIn({ document: id, paragraph }: Pick<Place, 'document' | 'paragraph'>, query = ''): string {
  const anchor = paragraph === null ? 'front-matter' : `para-${paragraph}`;
  return `/documents/${encodeURIComponent(id)}${query}#${anchor}`;
}

function rememberThis(): void {
  if (!new URLSearchParams(location.search).get('q')?.trim()) return;
  // As it was understood: a follow-up says little by itself.
  const question = byId('q', HTMLInputElement)?.value.trim();
  if (question) remember({ question, url: `${location.pathname}${location.search}` });
}

function say(text: string): void {
  if (status) status.textContent = text;
}
