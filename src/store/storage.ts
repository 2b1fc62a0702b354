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

export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Storage is a comfort, never a need.
  }
}

export function eraseStored(): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  } catch {
    // Nothing can be kept where storage is refused, so there is nothing to erase.
  }
}
