import { useEffect, useState } from 'react';
import type { Act, Advanced, Control, Deed, GalleryItem, Result, Snapshot, WireEntry } from '../protocol.ts';

type Listener = (alive: boolean) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** Calls `listen` after every change in the workspace, and with false when the server is gone. */
function subscribe(listen: Listener): () => void {
  listeners.add(listen);
  if (!source) source = openChanges();
  return () => {
    listeners.delete(listen);
  };
}

function openChanges(): EventSource {
  const opened = new EventSource('/api/changes');
  const tell = (alive: boolean) => {
    for (const listen of listeners) listen(alive);
  };
  opened.onmessage = () => tell(true);
  opened.onerror = () => tell(false);
  return opened;
}

async function request<T>(path: string, body?: unknown): Promise<T> {
  const init: RequestInit =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** Entries that are on their way, by person: whoever presses a button has finished typing. */
const entering = new Map<string, Set<Promise<unknown>>>();

/** Does something as a person. Never rejects: what went wrong is in the result. */
export async function act(as: string, deed: Deed): Promise<Result> {
  const own = entering.get(as) ?? new Set();
  entering.set(as, own);
  if (deed.kind === 'click' || deed.kind === 'submit') await Promise.all(own);
  const sent = request<Result>('/api/act', { as, deed } satisfies Act).catch((): Result => ({ kind: 'trouble' }));
  if (deed.kind === 'enter' || deed.kind === 'attach') {
    own.add(sent);
    void sent.finally(() => own.delete(sent));
  }
  return sent;
}

/** Never rejects: what cannot be done, such as starting a broken bot, is seen in the workspace. */
export async function control(what: Control): Promise<Advanced | undefined> {
  const advanced = await request<Advanced | null>('/api/control', what).catch(() => undefined);
  return advanced ?? undefined;
}

/** Reads a path now and after every change; one request is under way at a time. */
function useFollowed<T>(path: string): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let busy = false;
    let again = false;
    let over = false;
    async function read(): Promise<void> {
      again = busy;
      if (busy) return;
      busy = true;
      const next = await request<T>(path).catch(() => undefined);
      busy = false;
      if (over) return;
      if (next !== undefined) setValue(next);
      if (again) await read();
    }
    void read();
    const off = subscribe((alive) => {
      if (alive) void read();
    });
    return () => {
      over = true;
      off();
    };
  }, [path]);
  return value;
}

/** The workspace as a person sees it, kept up to date. */
export function useSnapshot(person: string): Snapshot | undefined {
  return useFollowed<Snapshot>(`/api/snapshot?as=${encodeURIComponent(person)}`);
}

export function useWire(): readonly WireEntry[] {
  return useFollowed<readonly WireEntry[]>('/api/wire') ?? [];
}

export function useLog(): readonly string[] {
  return useFollowed<readonly string[]>('/api/log') ?? [];
}

/** Whether the server is there. */
export function useAlive(): boolean {
  const [alive, setAlive] = useState(true);
  useEffect(() => subscribe(setAlive), []);
  return alive;
}

/** Undefined when the bot, which knows what it can show, does not run. */
export function readGallery(): Promise<readonly GalleryItem[] | undefined> {
  return request<readonly GalleryItem[]>('/api/gallery').catch(() => undefined);
}
