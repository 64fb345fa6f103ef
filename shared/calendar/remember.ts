/** Keeps what was computed for a key; starts afresh when it holds `most`, so that hostile input cannot fill the memory. */
export function remember<Key, Value extends NonNullable<unknown>>(most: number, compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    if (known.size >= most) known.clear();
    known.set(key, value);
    return value;
  };
}
