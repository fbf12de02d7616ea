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
