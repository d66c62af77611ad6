import { createRoot } from 'react-dom/client';
import 'slack-blocks-to-jsx/dist/style.css';
import './style.css';
import { App } from './app.tsx';
import { pageLocale } from './texts.ts';

/** The address may say who one is (`?as=U0LEAD,U0SHANGHAI`), the language, the theme, and that no tour is wanted. */
const asked = new URLSearchParams(location.search);
const people = asked.get('as')?.split(',') ?? ['U0EMPLOYEE'];
const dark =
  asked.get('theme') === 'dark' || (!asked.has('theme') && matchMedia('(prefers-color-scheme: dark)').matches);
const look = { locale: pageLocale(asked.get('lang'), navigator.language), theme: dark ? 'dark' : 'light' } as const;
const root = document.getElementById('root');
if (root) createRoot(root).render(<App look={look} people={people} guide={asked.get('tour') !== 'off'} />);
