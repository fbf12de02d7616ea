import { type DefaultTreeAdapterTypes, defaultTreeAdapter as tree } from 'parse5';

export type Node = DefaultTreeAdapterTypes.ChildNode;
export type Parent = DefaultTreeAdapterTypes.ParentNode;
export type Element = DefaultTreeAdapterTypes.Element;

/** Elements whose text is none of the document's. */
const LEFT_OUT = new Set([
  ...['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'object', 'head', 'title'],
  ...['nav', 'form', 'button', 'select', 'textarea', 'dialog', 'menu', 'audio', 'video', 'canvas'],
]);
/** Elements that stand on lines of their own. */
export const OWN_LINE = new Set([
  ...['p', 'div', 'section', 'article', 'main', 'header', 'footer', 'aside', 'blockquote', 'pre', 'address'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'figure', 'figcaption', 'details', 'summary', 'fieldset'],
]);
export function isHidden(element: Element): boolean {
  return (
    LEFT_OUT.has(element.tagName) ||
    attribute(element, 'hidden') !== null ||
    attribute(element, 'aria-hidden') === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden/iu.test(attribute(element, 'style') ?? '')
  );
}

export function children(parent: Parent): Element[] {
  return parent.childNodes.filter((node) => tree.isElementNode(node));
}

export function attribute(element: Element, name: string): string | null {
  return element.attrs.find((one) => one.name === name)?.value ?? null;
}

/** Every element inside, in order, those that are hidden left out. */
export function walk(parent: Parent, visit: (element: Element) => void): void {
  const waiting: Element[] = children(parent).reverse();
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    visit(element);
    if (!isHidden(element)) waiting.push(...children(element).reverse());
  }
}

export function find(parent: Parent, name: string): Element | null {
  const waiting: Element[] = children(parent).reverse();
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    if (element.tagName === name) return element;
    waiting.push(...children(element).reverse());
  }
  return null;
}

/** The element of that name where there is exactly one. */
export function only(parent: Parent, name: string): Element | null {
  const all: Element[] = [];
  walk(parent, (element) => {
    if (element.tagName === name) all.push(element);
  });
  return all.length === 1 ? (all[0] ?? null) : null;
}

export function textOf(parent: Parent): string {
  let text = '';
  const waiting: Node[] = [...parent.childNodes].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (tree.isTextNode(node)) text += node.value;
    if (!tree.isElementNode(node) || isHidden(node)) continue;
    if (node.tagName === 'br' || OWN_LINE.has(node.tagName)) text += ' ';
    waiting.push(...[...node.childNodes].reverse());
  }
  return text;
}
