/** A function of an object that is made once for each, and forgotten with it. */
export function remembered<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    if (known.has(of)) return known.get(of) as V;
    const made = make(of);
    known.set(of, made);
    return made;
  };
}

/** Texts of which a function's results are kept: the commonest words are needed again and again. */
const MOST_TEXTS = 50_000;

/** A function of a text that is made once for each; all are forgotten when there are too many. */
export function rememberedByText<V extends object | string | null>(
  make: (text: string) => V,
): (text: string) => V {
  const known = new Map<string, V>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size > MOST_TEXTS) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
