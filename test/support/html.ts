const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of a page without its tags, entities read. */
export function textOf(html: string): string {
  return decode(html.replace(/<[^>]*>/gu, ''));
}

export function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/giu, (whole, decimal, hexadecimal, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return ENTITIES[name as string] ?? whole;
  });
}

/** What stands inside each element of a name that holds no other of the same name. */
export function elements(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 'gsu'))].map(
    ([, inner = '']) => inner,
  );
}

/** Values of every attribute of a name. */
export function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`<[^>]*?\\s${name}="([^"]*)"`, 'gu'))].map(([, value = '']) =>
    decode(value),
  );
}

/** The tags of a page with the values of their attributes left out: what a browser acts on, without what people wrote. */
export function skeleton(html: string): string {
  return (html.match(/<[^>]*>/gu) ?? []).map((tag) => tag.replace(/="[^"]*"/gu, '=""')).join('\n');
}
