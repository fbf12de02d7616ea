/** The element with an id, where the page has it and it is of the kind that is expected. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T | null {
  const element = document.getElementById(id);
  return element instanceof kind ? element : null;
}

/** A new element with a class and what stands in it. Text stays text. */
export function create<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

export function link(href: string, text: string): HTMLAnchorElement {
  const anchor = create('a', '', text);
  anchor.href = href;
  return anchor;
}
