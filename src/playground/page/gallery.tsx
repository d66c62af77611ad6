import { useEffect, useMemo, useState } from 'react';
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

/** Everything that the bot can show, its languages beside each other. Nothing here can be pressed. */
export function Gallery({ snapshot }: { readonly snapshot: Snapshot }) {
  const words = useWords();
  const [items, setItems] = useState<readonly GalleryItem[]>();
  const [surface, setSurface] = useState<(typeof surfaces)[number]>('all');
  const [filter, setFilter] = useState('');
  const { running } = snapshot.app;
  useEffect(() => {
    if (running) void readGallery().then(setItems);
  }, [running]);
  const own = useMemo(() => ({ snapshot, act: async () => ({ kind: 'done' }) as const }), [snapshot]);
  const shown = (items ?? []).filter(
    ({ name, editions }) =>
      name.toLowerCase().includes(filter.toLowerCase()) &&
      (surface === 'all' || Object.values(editions).some((edition) => edition.surface === surface)),
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
            <input
              type="search"
              value={filter}
              placeholder={words.filter}
              aria-label={words.filter}
              onChange={(event) => setFilter(event.target.value)}
            />
            <span className="hint" role="status">
              {items ? words.items(shown.length) : running ? words.loading : words.botDead}
            </span>
          </div>
        </div>
        {shown.map(({ name, editions }) => (
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
      </main>
    </OwnProvider>
  );
}

interface EditionProps {
  readonly language: Locale;
  readonly entry: GalleryEntry;
  readonly snapshot: Snapshot;
}

function Edition({ language, entry, snapshot }: EditionProps) {
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
}
