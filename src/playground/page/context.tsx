import { createContext, type ReactNode, useContext } from 'react';
import type { Locale } from '../../core/i18n.ts';
import type { Deed, Json, Result, Snapshot } from '../protocol.ts';
import { texts, type Words } from './texts.ts';

/** How the page speaks and looks. */
export interface Look {
  readonly locale: Locale;
  readonly theme: 'light' | 'dark';
}

const LookContext = createContext<Look>({ locale: 'en', theme: 'light' });

export function LookProvider({ look, children }: { readonly look: Look; readonly children: ReactNode }) {
  return <LookContext value={look}>{children}</LookContext>;
}

export function useLook(): Look {
  return useContext(LookContext);
}

export function useWords(): Words {
  return texts[useLook().locale];
}

/** The person whose window this is. */
export interface Own {
  readonly snapshot: Snapshot;
  act(deed: Deed): Promise<Result>;
}

const OwnContext = createContext<Own | undefined>(undefined);

export function OwnProvider({ own, children }: { readonly own: Own; readonly children: ReactNode }) {
  return <OwnContext value={own}>{children}</OwnContext>;
}

/** @throws Error outside a person's window */
export function useOwn(): Own {
  const own = useContext(OwnContext);
  if (!own) throw new Error('nobody is here');
  return own;
}

/** What blocks stand on: where a click goes, and what was entered so far. */
export interface Surface {
  readonly on: { readonly channel: string; readonly ts: string } | { readonly view: string };
  /** block_id -> action_id -> value. */
  readonly values: Json;
  /** By block id. */
  readonly errors: Readonly<Record<string, string>>;
}

const SurfaceContext = createContext<Surface>({ on: { view: '' }, values: {}, errors: {} });

export function SurfaceProvider({ surface, children }: { readonly surface: Surface; readonly children: ReactNode }) {
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}

export function useSurface(): Surface {
  return useContext(SurfaceContext);
}
