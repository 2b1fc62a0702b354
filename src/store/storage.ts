/**
 * The only use of storage: preferences and the last scenario. Private windows and full disks must not matter, so every
 * access may fail quietly. What is read is validated by the caller.
 */
const prefix = 'epsilon-city/';

export function readStored(name: string): unknown {
  try {
    const found = localStorage.getItem(prefix + name);
    return found === null ? undefined : JSON.parse(found);
  } catch {
    return undefined;
  }
}

/** @returns whether it is kept: storage is a comfort, never a need, but who counts on it must be able to say so. */
export function writeStored(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** What to do once what was stored is erased, here or by another tab. */
const onErased = new Set<() => void>();

/** Tells of changes another tab of this page makes to what is stored under a name, and of its erasure by any tab. @returns what ends it. */
export function followStored(name: string, changed: () => void, erased: () => void): () => void {
  onErased.add(erased);
  const listener = (event: StorageEvent): void => {
    if (event.key !== prefix + name && event.key !== null) return;
    if (event.newValue === null) erased();
    else changed();
  };
  const heard = typeof addEventListener === 'function';
  if (heard) addEventListener('storage', listener);
  return () => {
    onErased.delete(erased);
    if (heard) removeEventListener('storage', listener);
  };
}

/** Erases all of it; who holds a copy in memory lets go of it. */
export function eraseStored(): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  } catch {
    // Nothing can be kept where storage is refused, so there is nothing to erase.
  }
  for (const erased of onErased) erased();
}
