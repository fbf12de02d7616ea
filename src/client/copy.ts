/** How long a button says that it has copied, in milliseconds. */
const SAYS_MS = 2000;

/** Shows the buttons that copy the text of the field beside them. */
export function showCopyButtons(within: ParentNode): void {
  for (const button of within.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const field = button.parentElement?.querySelector('textarea');
    if (!field || !button.hidden) continue;
    button.hidden = false;
    const says = button.textContent;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => {
      void copy(field).then((copied) => {
        button.textContent = copied ? 'Copied' : 'Select and copy';
        setTimeout(() => {
          button.textContent = says;
        }, SAYS_MS);
      });
    });
  }
}

/** Browsers give the clipboard to pages from this machine or over HTTPS only; else the text is selected. */
async function copy(field: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return false;
  }
}
