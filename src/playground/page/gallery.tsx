import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Locale } from '../../core/i18n.ts';
import { fieldsOf, listOf, textOf } from '../json.ts';
import type { GalleryEntry, GalleryItem, Snapshot } from '../protocol.ts';
import { readGallery } from './api.ts';
import { Blocks } from './blocks.tsx';
import { OwnProvider, SurfaceProvider, useWords } from './context.tsx';
import { Avatar } from './icons.tsx';
import { plainWritten } from './mrkdwn.tsx';

const surfaces = ['all', 'message', 'modal', 'home'] as const;
const languages: readonly Locale[] = ['en', 'zh-CN'];
// Drawing a thousand cards at once holds the page for many seconds; more come as one scrolls.
const drawnAtOnce = 24;

/** "training: home of a lead" is of `training`. */
const featureOf = ({ name }: GalleryItem) => name.split(': ', 1)[0] ?? name;

/** Everything that the bot can show, its languages beside each other. Nothing here can be pressed. */
export function Gallery({ snapshot }: { readonly snapshot: Snapshot }) {
  const words = useWords();
  const [items, setItems] = useState<readonly GalleryItem[]>();
  const [surface, setSurface] = useState<(typeof surfaces)[number]>('all');
  const [feature, setFeature] = useState('');
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed).toLowerCase();
  const features = useMemo(() => [...new Set((items ?? []).map(featureOf))], [items]);
  const { running } = snapshot.app;
  useEffect(() => {
    if (running) void readGallery().then(setItems);
  }, [running]);
  const own = useMemo(() => ({ snapshot, act: async () => ({ kind: 'done' }) as const }), [snapshot]);
  const shown = (items ?? []).filter(
    (item) =>
      (feature === '' || featureOf(item) === feature) &&
      item.name.toLowerCase().includes(filter) &&
      (surface === 'all' || Object.values(item.editions).some((edition) => edition.surface === surface)),
  );
  return (
    <OwnProvider own={own}>
      <main className="gallery">
        <div className="gallery-head">
          <div>
            <h1>{words.gallery}</h1>
            <p>{words.galleryIntro}</p>
          </div>
          <div className="gallery-tools">
            <fieldset className="segments" aria-label={words.surface}>
              {surfaces.map((each) => (
                <button key={each} type="button" aria-pressed={surface === each} onClick={() => setSurface(each)}>
                  {words.surfaces[each]}
                </button>
              ))}
            </fieldset>
            <select value={feature} aria-label={words.feature} onChange={(event) => setFeature(event.target.value)}>
              <option value="">{words.allFeatures}</option>
              {features.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
            <input
              type="search"
              value={typed}
              placeholder={words.filter}
              aria-label={words.filter}
              onChange={(event) => setTyped(event.target.value)}
            />
            <span className="hint" role="status">
              {items ? words.items(shown.length) : running ? words.loading : words.botDead}
            </span>
          </div>
        </div>
        <Samples key={`${feature} ${surface} ${filter}`} items={shown} snapshot={snapshot} />
      </main>
    </OwnProvider>
  );
}

interface SamplesProps {
  readonly items: readonly GalleryItem[];
  readonly snapshot: Snapshot;
}

/** As many as one sees, and more when the last of them comes near. */
function Samples({ items, snapshot }: SamplesProps) {
  const words = useWords();
  const [count, setCount] = useState(drawnAtOnce);
  const end = useRef<HTMLButtonElement>(null);
  const more = () => setCount((before) => before + drawnAtOnce);
  useEffect(() => {
    if (!end.current) return;
    const watcher = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setCount(count + drawnAtOnce);
      },
      { rootMargin: '1200px' },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [count]);
  return (
    <>
      {items.slice(0, count).map(({ name, editions }) => (
        <section key={name} className="sample" aria-label={name}>
          <h2>{name}</h2>
          <div className="editions">
            {languages.map((language) => {
              const entry = editions[language];
              return entry ? (
                <Edition key={language} language={language} entry={entry} snapshot={snapshot} />
              ) : (
                <div key={language} />
              );
            })}
          </div>
        </section>
      ))}
      {items.length > count && (
        <button ref={end} type="button" className="action" onClick={more}>
          {words.moreItems(items.length - count)}
        </button>
      )}
    </>
  );
}

interface EditionProps {
  readonly language: Locale;
  readonly entry: GalleryEntry;
  readonly snapshot: Snapshot;
}

// What is drawn already stays as it is when more comes below it.
const Edition = memo(function Edition({ language, entry, snapshot }: EditionProps) {
  const words = useWords();
  const { surface, payload, text, counts, problems } = entry;
  return (
    <div className="edition" lang={language}>
      {text !== undefined && (
        <div className="phone">
          <Avatar name={snapshot.app.name} app size={28} />
          <p>
            <span className="said">{words.notification}: </span>
            {plainWritten(text, snapshot)}
          </p>
        </div>
      )}
      <div className={`frame ${surface}`} inert>
        {surface === 'modal' && <h3>{textOf(fieldsOf(payload.title).text)}</h3>}
        <SurfaceProvider surface={{ on: { view: '' }, values: {}, errors: {} }}>
          <Blocks blocks={listOf(payload.blocks)} />
        </SurfaceProvider>
        {surface === 'modal' && (
          <div className="dialog-foot">
            {payload.close !== undefined && <span className="action">{textOf(fieldsOf(payload.close).text)}</span>}
            {payload.submit !== undefined && (
              <span className="action primary">{textOf(fieldsOf(payload.submit).text)}</span>
            )}
          </div>
        )}
      </div>
      <dl className="counts">
        {counts.map(({ name, count, limit }) => (
          <div key={name} data-over={count > limit} data-near={count > limit * 0.9}>
            <dt>{words.counts[name]}</dt>
            <dd>
              <meter min={0} max={limit} value={count} aria-label={words.counts[name]} />
              {count} / {limit}
            </dd>
          </div>
        ))}
      </dl>
      {problems.length > 0 && (
        <div className="field-error" role="alert">
          <strong>{words.refused}</strong>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
});
