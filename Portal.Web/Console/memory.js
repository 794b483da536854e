// A Storage that ends with the page: a variable may be a security token, which must lie nowhere.
export function memory() {
  const items = new Map();
  return {
    get length() { return items.size; },
    clear: () => items.clear(),
    getItem: key => items.get(key) ?? null,
    setItem: (key, value) => { items.set(key, value); },
    removeItem: key => { items.delete(key); },
  };
}
