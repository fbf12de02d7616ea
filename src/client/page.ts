import { showCopyButtons } from './copy.js';

/** The field that `/` goes to: the page's question. */
const QUESTION = '#q, [data-question]';

showCopyButtons(document);

document.addEventListener('keydown', (event) => {
  const { target } = event;
  const typing =
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector(QUESTION);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  field.focus();
  field.select();
});
