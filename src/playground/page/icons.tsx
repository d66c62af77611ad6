/** Line icons on a 20-pixel grid, drawn for this page. Decorative: whatever they stand in has a name. */
const paths = {
  home: 'M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-4v-4H8v4H4a1 1 0 0 1-1-1z',
  bell: 'M6 9a4 4 0 0 1 8 0c0 4 1.5 5 1.5 5h-11S6 13 6 9M8.5 16.5a1.6 1.6 0 0 0 3 0',
  close: 'm5 5 10 10M15 5 5 15',
  back: 'M12 4 6 10l6 6',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  reply: 'M4 5h12v8H9l-4 3v-3H4z',
  smile: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M7.5 8.5h.01M12.5 8.5h.01M7 11.5c1.5 2 4.5 2 6 0',
  send: 'M3.5 4 17 10 3.5 16 6 10zM6 10h6',
  attach: 'm14.5 9.5-5 5a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.5 5.5a1 1 0 0 1-1.5-1.5l4.7-4.7',
  bolt: 'M11 3 5 11h4l-1 6 6-8h-4z',
  people:
    'M7 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M2.5 16c0-5.5 9-5.5 9 0M13 9.5a2.2 2.2 0 1 0-.5-4.4M14 11.5c2.2.3 3.5 1.9 3.5 4.5',
  list: 'M4 6h12M4 10h12M4 14h12',
  plus: 'M10 4.5v11M4.5 10h11',
  down: 'm6 8 4 4 4-4',
  thumbUp: 'M6.5 9v7h-3V9zm0 0 3-6c1.5 0 2 1 2 2.2L11 8h4a1.5 1.5 0 0 1 1.5 1.8l-1 5A1.5 1.5 0 0 1 14 16H6.5',
  thumbDown: 'M6.5 11V4h-3v7zm0 0 3 6c1.5 0 2-1 2-2.2L11 12h4a1.5 1.5 0 0 0 1.5-1.8l-1-5A1.5 1.5 0 0 0 14 4H6.5',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10.5h6.6L14 6',
  alert: 'M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.5h.01',
  moon: 'M16 12.5A6.5 6.5 0 0 1 8 4a6.5 6.5 0 1 0 8 8.5',
  wave: 'M2 10h3l2.5-5 4 10 2.5-5h4',
  grid: 'M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5M10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6',
  help: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M8 8.2a2 2 0 1 1 2.7 2.1c-.5.3-.7.6-.7 1.2M10 14h.01',
  file: 'M5 3h7l3 3v11H5zM12 3v3h3',
} as const;

export function Icon({ name, size = 18 }: { readonly name: keyof typeof paths; readonly size?: number }) {
  return (
    <svg className="glyph" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

const hues = [168, 262, 24, 205, 338, 95, 290, 48];

/** A colored square with initials; the app has a ring of its own. */
export function Avatar({
  name,
  app = false,
  size = 36,
}: {
  readonly name: string;
  readonly app?: boolean;
  readonly size?: number;
}) {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const initials = /\p{Script=Han}/u.test(name)
    ? name.slice(0, 1)
    : name
        .split(/\s+/)
        .filter((word) => /^\p{Lu}/u.test(word))
        .slice(0, 2)
        .map((word) => word[0])
        .join('');
  return (
    <span
      className={app ? 'avatar app' : 'avatar'}
      style={{ width: size, height: size, fontSize: size * 0.4, ...(!app && { '--hue': hues[sum % hues.length] }) }}
      aria-hidden="true"
    >
      {app ? <span className="ring" /> : initials || name.slice(0, 1).toUpperCase()}
    </span>
  );
}
