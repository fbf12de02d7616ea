import { byId, create, link } from './dom.js';

const LIST = 'paracite.questions';
const OFF = 'paracite.questions.off';
/** Questions kept, the latest first. */
const MOST = 30;

interface Asked {
  readonly question: string;
  /** Path and query of the page that answers it. */
  readonly url: string;
}

/** Shows the questions of this browser, and lets them be cleared and switched off. */
export function showHistory(): void {
  const keep = byId('history-keep', HTMLInputElement);
  if (!keep || !storage()) return;
  keep.checked = isKept();
  keep.addEventListener('change', () => {
    if (keep.checked) storage()?.removeItem(OFF);
    else {
      storage()?.setItem(OFF, 'yes');
      storage()?.removeItem(LIST);
    }
    draw();
  });
  byId('history-clear', HTMLButtonElement)?.addEventListener('click', () => {
    storage()?.removeItem(LIST);
    draw();
  });
  draw();
}

export function remember(asked: Asked): void {
  if (!isKept()) return;
  const others = read().filter(({ url }) => url !== asked.url);
  try {
    storage()?.setItem(LIST, JSON.stringify([asked, ...others].slice(0, MOST)));
  } catch {
    // The browser's store is full or closed: the history is a convenience.
  }
  draw();
}

function draw(): void {
  const section = byId('history', HTMLElement);
  const list = byId('history-list', HTMLOListElement);
  if (!section || !list) return;
  const questions = read();
  section.hidden = questions.length === 0 && isKept();
  list.replaceChildren(...questions.map(({ question, url }) => create('li', '', link(url, question))));
}

function isKept(): boolean {
  return storage() !== null && storage()?.getItem(OFF) == null;
}

function read(): Asked[] {
  try {
    const stored: unknown = JSON.parse(storage()?.getItem(LIST) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isAsked) : [];
  } catch {
    return [];
  }
}

/** A link leads to this page only, whatever the store holds. */
function isAsked(value: unknown): value is Asked {
  if (typeof value !== 'object' || value === null) return false;
  const { question, url } = value as Partial<Record<keyof Asked, unknown>>;
  return typeof question === 'string' && typeof url === 'string' && url.startsWith('/?');
}

/** Null where the browser keeps nothing for this page. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
