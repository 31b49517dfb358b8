// The chip that says whether the server can be reached and whether something lies only on this device: <span class="chip" data-net></span>.
import { all, icon } from './dom';
import { say } from './words';

export type Link = 'online' | 'offline' | 'saved';

const looks: Record<Link, [kind: string, icon: string]> = { online: ['good', 'wifi'], offline: ['soon', 'wifi-off'], saved: ['calm', 'smartphone'] };
let waiting = false;

/** link shows the state on every chip; while something waits on this device, 已连接 reads 存在本机. */
export function link(state: 'online' | 'offline' = navigator.onLine ? 'online' : 'offline'): void {
  const shown: Link = state === 'online' && waiting ? 'saved' : state;
  for (const chip of all<HTMLElement>(document, '[data-net]')) {
    if (chip.dataset.net === shown) continue;
    chip.dataset.net = shown;
    chip.setAttribute('role', 'status');
    chip.classList.remove('good', 'soon', 'calm');
    chip.classList.add(looks[shown][0]);
    chip.replaceChildren(icon(looks[shown][1]), say(`net.${shown}`));
  }
}

/** keeps notes whether this page has something that lies only on this device. */
export function keeps(yes: boolean): void {
  waiting = yes;
  link();
}

/** reachable asks the server itself: a phone in a dead Wi-Fi believes to be online. */
export async function reachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 5000);
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', credentials: 'omit', signal: stop.signal });
    return answer.ok;
  } catch { return false; } finally { clearTimeout(timer); }
}

/** net follows the device's own word. */
export function net(): void {
  addEventListener('online', () => link('online'));
  addEventListener('offline', () => link('offline'));
  link();
}
