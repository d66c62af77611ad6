import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { OperatorError } from '../../src/core/errors.ts';
import { run, runProcess } from './terminal.ts';

const BatchLine = z.strictObject({
  outcome: z.enum(['answer', 'choices', 'unknown']),
  articles: z.array(z.string()),
  text: z.string().min(1),
  choices: z.array(z.strictObject({ id: z.string(), title: z.string().min(1), text: z.string().min(1) })),
});

const golden = readFileSync(new URL('../../data/golden/tuning.jsonl', import.meta.url), 'utf8');
// Two hundred questions in both languages; the golden files write them under "q", as people would.
const questions = golden
  .split('\n')
  .slice(0, 198)
  .map((line) => z.object({ q: z.string() }).parse(JSON.parse(line)).q);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ospo-cli-'));
  vi.stubEnv('STATE_DIR', join(dir, 'no-store'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

describe('ask', () => {
  it.each([
    ['can we use an AGPL component in our SaaS?', 'AGPL'],
    ['SaaS 里能用 AGPL 协议的组件吗', '适用范围'],
  ])('answers in the language of the question: %s', async (question, words) => {
    expect(await run('ask', question)).toContain(words);
  });

  it('needs a question', async () => {
    await expect(run('ask')).rejects.toThrow(OperatorError);
  });
});

describe('ask --batch', { timeout: 60_000 }, () => {
  // A line separator inside a question is legal JSON, and no end of a line; blank lines and CRLF come from editors.
  const odd = ['what is\u2028a CLA?', '  什么是 CLA？  '];
  let ended: Awaited<ReturnType<typeof runProcess>>;
  let seconds: number;
  let lines: readonly z.infer<typeof BatchLine>[];
  beforeAll(async () => {
    const input = [...questions, ...odd].map((q, n) => {
      const line = JSON.stringify(n % 2 === 0 ? { q } : { q, lang: 'mixed', more: 'ignored' });
      return `${line}${n % 3 === 0 ? '\r\n' : '\n'}${n % 50 === 0 ? '\n   \n' : ''}`;
    });
    const began = performance.now();
    ended = await runProcess(['ask', '--batch'], input.join('').trimEnd(), { STATE_DIR: join(dir, 'no-store') });
    seconds = (performance.now() - began) / 1000;
    lines = ended.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => BatchLine.parse(JSON.parse(line)));
  }, 60_000);

  it('writes one line for each question, in exactly the promised shape, and nothing else', () => {
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(lines).toHaveLength(questions.length + odd.length);
  });

  it('keeps the order', async () => {
    const [first = '', last = ''] = [questions[0], questions.at(-1)];

    expect(`${lines[0]?.text}\n`).toBe(await run('ask', first));
    expect(`${lines[questions.length - 1]?.text}\n`).toBe(await run('ask', last));
  });

  it('answers in both languages', () => {
    const chinese = lines.filter(({ text }) => /\p{Script=Han}{4}/u.test(text));

    expect(chinese.length).toBeGreaterThan(40);
    expect(lines.length - chinese.length).toBeGreaterThan(40);
  });

  it('names an article for every answer, offers choices for every doubt, and knows when it does not know', () => {
    for (const { outcome, articles, choices } of lines) {
      if (outcome === 'answer') expect(articles).toHaveLength(1);
      if (outcome === 'choices') expect(choices.map(({ id }) => id)).toEqual(articles);
      if (outcome === 'unknown') expect(articles).toEqual([]);
    }
    expect(new Set(lines.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
  });

  it('takes seconds, not minutes', () => {
    expect(seconds).toBeLessThan(30);
  });

  it('names the line that is no question, after the answers before it', async () => {
    const bad = await runProcess(['ask', '--batch'], '{"q":"what is a CLA?"}\n\n{"question":"x"}\n{"q":"never"}\n');

    expect(bad.code).toBe(1);
    expect(bad.stderr).toMatch(/^line 3 is not a JSON object with a question\.\n {2}Write /);
    expect(bad.stderr).not.toContain('    at ');
    expect(bad.stdout.trim().split('\n')).toHaveLength(1);
  });
});
