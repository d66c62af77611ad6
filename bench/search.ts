import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { Article, KnowledgeBase } from '../src/ask/article.ts';
import { untrained } from '../src/ask/decide.ts';
import { GoldenLine } from '../src/ask/evaluate.ts';
import { buildKnowledgeBase, knowledgeBaseInSteps } from '../src/ask/knowledge.ts';
import { createSearch, createSearchBuilder, type Search } from '../src/ask/search.ts';
import { createContentLoader, loadContent } from '../src/content/content.ts';
import { folderLayer } from '../src/content/layer.ts';
import { finishInTurn } from '../src/core/steps.ts';
import { handbookKinds } from '../src/handbook.ts';
import { distract, imitate, writeArticles } from './base/articles.ts';

/*
 * How long an answer takes as the base grows, beside fuse.js and minisearch as they come, in the same run on the same
 * articles: only the ratio says something about the code, the rest is the machine. Before that, what new content costs beside
 * the answers: reading it from files, building the search, and both again when one article has changed; how long anything
 * else has to wait meanwhile, and how long an answer takes from the moment it was due.
 *
 * Run: npx tsx bench/search.ts [sizes] [imitate|distract]; see bench/base/articles.ts.
 */

const data = new URL('../data/', import.meta.url).pathname;

/** What the stock engines get: one record an article, everything in plain text. */
interface Plain {
  readonly id: number;
  readonly title: string;
  readonly aliases: string;
  readonly answer: string;
}

function plainOf(articles: readonly Article[]): readonly Plain[] {
  return articles.map(({ editions }, id) => {
    const all = Object.values(editions);
    return {
      id,
      title: all.map((one) => one.title).join(' '),
      aliases: all.flatMap((one) => one.aliases).join('\n'),
      answer: all.map((one) => `${one.short}\n${one.body}`).join('\n'),
    };
  });
}

interface Measured {
  readonly buildMs: number;
  readonly p50: number;
  readonly p99: number;
}

// The best of three is the code; the rest is what other processes took away. Slow ones need no such care.
function timeOf(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const from = performance.now();
    work();
    best = Math.min(best, performance.now() - from);
    if (best > 100) break;
  }
  return best;
}

/** @param budgetMs questions are asked until they are through or this much time is gone, the slow engine's p99 is then rough */
function measure(questions: readonly string[], build: () => (text: string) => unknown, budgetMs = 8_000): Measured {
  const began = performance.now();
  const ask = build();
  const buildMs = performance.now() - began;
  // Once around to warm up, as a running bot is warm.
  const warmed = performance.now();
  for (const question of questions) {
    if (performance.now() - warmed > budgetMs / 4) break;
    ask(question);
  }
  const times: number[] = [];
  const started = performance.now();
  for (const question of questions) {
    times.push(timeOf(() => ask(question)));
    if (performance.now() - started > budgetMs) break;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { buildMs, p50: at(0.5), p99: at(0.99) };
}

interface Step {
  readonly name: string;
  readonly ms: number;
  readonly cpuMs: number;
  /** The longest that anything else had to wait. */
  readonly heldMs: number;
  /** An answer, from the moment it was due; undefined while there is nothing to answer with. */
  readonly answerP99?: number | undefined;
}

// More often than people ask, so that answers fall into every kind of step, and seldom enough to cost little themselves.
const askEveryMs = 25;

async function measureStep<T>(
  name: string,
  work: () => Promise<T>,
  asked?: { readonly search: Search; readonly questions: readonly string[] },
): Promise<{ readonly step: Step; readonly value: T }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const from = performance.now();
  const answers: number[] = [];
  let due = from + askEveryMs;
  const asking =
    asked &&
    setInterval(() => {
      asked.search.find(asked.questions[answers.length % asked.questions.length] ?? '');
      answers.push(performance.now() - due);
      due = performance.now() + askEveryMs;
    }, askEveryMs);
  const value = await work();
  clearInterval(asking);
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  const answerP99 = answers.toSorted((a, b) => a - b)[Math.floor(answers.length * 0.99)];
  return { value, step: { name, ms, cpuMs: (user + system) / 1_000, heldMs: delay.max / 1e6, answerP99 } };
}

/** New content on its way into force, as the bot takes it: everything, nothing, one file. */
async function measureContent(articles: readonly Article[], questions: readonly string[]): Promise<readonly Step[]> {
  const own = await mkdtemp(join(tmpdir(), 'bench-content-'));
  await writeArticles(articles, own);
  const loader = createContentLoader([folderLayer('data', data), folderLayer('own', own)], handbookKinds);
  const builder = createSearchBuilder();
  const load = () => loader.load(0);
  const build = async () => {
    const base = await finishInTurn(knowledgeBaseInSteps(await load()));
    return finishInTurn(builder.build(base, untrained));
  };

  const read = await measureStep('read all files', load);
  const built = await measureStep('build', build);
  const asked = { search: built.value, questions };
  // A first question for each has what the search works out when it is asked for.
  for (const question of questions) built.value.find(question);
  const again = await measureStep('look again', load, asked);
  const [changed] = articles;
  if (changed) await writeArticles([{ ...changed, tags: [...changed.tags, 'changed'] }], own);
  const one = await measureStep('one change', build, asked);
  await rm(own, { recursive: true });
  return [read.step, built.step, again.step, one.step];
}

async function main(): Promise<void> {
  const sizes = (process.argv[2] ?? '37,300,1000,10000').split(',').map(Number);
  const make = process.argv[3] === 'distract' ? distract : imitate;
  const content = await loadContent({ layers: [folderLayer('data', data)], kinds: handbookKinds, now: 0 });
  const base = buildKnowledgeBase(content);
  const lines = (await readFile(`${data}golden/tuning.jsonl`, 'utf8')).trim().split('\n');
  const questions = lines.map((line) => GoldenLine.parse(JSON.parse(line)).q);

  for (const size of sizes) {
    const more = make(base.articles, Math.max(0, size - base.articles.length));
    const grown: KnowledgeBase = { ...base, articles: [...base.articles, ...more].slice(0, size) };
    console.log(`${size} articles, ${make.name}`);
    for (const step of await measureContent(more, questions)) reportStep(step);
    const plain = plainOf(grown.articles);
    const ours = measure(questions, () => {
      const search = createSearch(grown, untrained);
      return (text) => search.find(text);
    });
    const mini = measure(questions, () => {
      const index = new MiniSearch<Plain>({ fields: ['title', 'aliases', 'answer'] });
      index.addAll(plain);
      return (text) => index.search(text);
    });
    const fuse = measure(questions, () => {
      const index = new Fuse(plain, { keys: ['title', 'aliases', 'answer'], includeScore: true });
      return (text) => index.search(text);
    });
    report({ ours, 'minisearch default': mini, 'fuse.js default': fuse });
  }
}

function reportStep({ name, ms, cpuMs, heldMs, answerP99 }: Step): void {
  const all = `${ms.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of CPU, others waited at most ${heldMs.toFixed(1)} ms`;
  console.log(
    `  ${name.padEnd(20)} ${all}${answerP99 === undefined ? '' : `, p99 of answers ${answerP99.toFixed(1)} ms`}`,
  );
}

function report(engines: Readonly<Record<string, Measured>>): void {
  const own = engines.ours;
  for (const [name, { buildMs, p50, p99 }] of Object.entries(engines)) {
    const ratio = own && own !== engines[name] ? `  p99 ${(p99 / own.p99).toFixed(1)} x ours` : '';
    const ms = (value: number) => value.toFixed(2).padStart(9);
    console.log(
      `  ${name.padEnd(20)} build ${(buildMs / 1000).toFixed(2).padStart(6)} s  p50 ${ms(p50)} ms  p99 ${ms(p99)} ms${ratio}`,
    );
  }
}

await main();
