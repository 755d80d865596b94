type Area = 'localStorage' | 'sessionStorage';

// What could not be stored lives as long as the page.
const memory = new Map<string, string>();

/**
 * Storage may be full, forbidden or hold what an older version wrote; none of it may break a page. Where it is forbidden
 * already its mention throws, so it is named here alone, and passed on by name.
 */
export function readStored(area: Area, key: string): unknown {
  try {
    const text = memory.get(key) ?? window[area].getItem(key);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Answers whether it outlives the page. */
export function writeStored(area: Area, key: string, value: unknown): boolean {
  const text = JSON.stringify(value);
  try {
    window[area].setItem(key, text);
    memory.delete(key);
    return true;
  } catch {
    memory.set(key, text);
    return false;
  }
}

export function removeStored(area: Area, key: string): void {
  memory.delete(key);
  try {
    window[area].removeItem(key);
  } catch {
    // Then there is nothing to remove.
  }
}
