// Where drafts lie: IndexedDB of this device, which works on plain http too. A draft lies there until the server has acknowledged it,
// at most thirty days. The key names account and target, so that on a shared phone nobody meets another's draft.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Kept } from './fields';

export interface Draft { key: string; base: string; at: number; fields: Kept; files: [string, File[]][]; }

interface Shelf extends DBSchema { draft: { key: string; value: Draft }; }

const days30 = 30 * 24 * 3600 * 1000;
let opened: Promise<IDBPDatabase<Shelf>> | undefined;

function shelf(): Promise<IDBPDatabase<Shelf>> {
  opened ??= openDB<Shelf>('xiaojia', 1, { upgrade: db => { db.createObjectStore('draft', { keyPath: 'key' }); } });
  return opened;
}

/** load returns the draft of that key, if one lies here. */
export async function load(key: string): Promise<Draft | undefined> { return (await shelf()).get('draft', key); }

/** store keeps a draft in place of the older one; it rejects when the device is full. */
export async function store(draft: Draft): Promise<void> { await (await shelf()).put('draft', draft); }

/** drop forgets the draft of that key. */
export async function drop(key: string): Promise<void> { await (await shelf()).delete('draft', key); }

/** sweep forgets what nobody has touched for thirty days. */
export async function sweep(now: number): Promise<void> {
  const db = await shelf();
  for (const d of await db.getAll('draft')) if (now - d.at > days30) await db.delete('draft', d.key);
}
