import { useEffect } from 'react';
import { listOf } from '../json.ts';
import { Blocks } from './blocks.tsx';
import { SurfaceProvider, useOwn, useWords } from './context.tsx';

/** The app's Home: the app hears that it was opened, and publishes it. */
export function Home() {
  const words = useWords();
  const { snapshot, act } = useOwn();
  const { home } = snapshot;
  useEffect(() => {
    void act({ kind: 'openApp', tab: 'home' });
  }, [act]);
  return (
    <div className="home" tabIndex={-1}>
      {home ? (
        <SurfaceProvider surface={{ on: { view: home.id }, values: home.values, errors: {} }}>
          <Blocks blocks={listOf(home.view.blocks)} />
        </SurfaceProvider>
      ) : (
        <p className="empty">{words.homeEmpty}</p>
      )}
    </div>
  );
}
