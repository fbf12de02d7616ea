import { byId } from './dom.js';

/** Below this width the contents stand above the text, and would push it out of sight. */
const NARROW = '(max-width: 62rem)';

const hits = byId('hits', HTMLElement);
const shown = byId('hit', HTMLElement);

if (matchMedia(NARROW).matches) document.querySelector('.outline')?.removeAttribute('open');
showTarget();

byId('hit-before', HTMLAnchorElement)?.addEventListener('click', (event) => step(event, -1));
byId('hit-after', HTMLAnchorElement)?.addEventListener('click', (event) => step(event, 1));

/** What is marked may stand far down in its paragraph. */
function showTarget(): void {
  const target = hits
    ? byId(`hit-${shown?.textContent}`, HTMLElement)
    : document.querySelector('mark.quoted');
  target?.scrollIntoView({ block: 'center', behavior: 'instant' });
}

function step(event: Event, by: number): void {
  const count = Number(hits?.dataset.hits);
  const next = ((Number(shown?.textContent) - 1 + by + count) % count) + 1;
  const target = byId(`hit-${next}`, HTMLElement);
  if (!target || !shown) return;
  event.preventDefault();
  document.querySelector('mark[aria-current]')?.removeAttribute('aria-current');
  target.setAttribute('aria-current', 'true');
  target.scrollIntoView({ block: 'center' });
  shown.textContent = String(next);
  const url = new URL(location.href);
  url.searchParams.set('hit', String(next));
  url.hash = target.id;
  history.replaceState(null, '', url);
}
