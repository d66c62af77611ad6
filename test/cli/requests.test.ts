import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from './terminal.ts';

let folder: string;
const answers = {
  project: 'apache/kafka',
  nature: 'bug_fix',
  lines: '40',
  summary: 'Fixes the lag.',
  flags: ['none'],
};
const facts = {
  'project.known': 'yes',
  'training.current': 'yes',
  'type.adopted': 'yes',
  'license.tier': 'permitted',
  'cla.cleared': 'yes',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ospo-requests-cli-'));
  vi.stubEnv('STATE_DIR', join(folder, 'state'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A JSON file with these values. */
async function file(name: string, values: object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(values));
  return path;
}

describe('ospo requests', () => {
  it('list names every kind with its version, and what nobody has adopted', async () => {
    const lines = (await run('requests', 'list')).trim().split('\n');

    expect(lines).toHaveLength(16);
    expect(lines[0]).toMatch(/^contribute +[0-9a-f]{8} {2}Contribute upstream \(starter, not adopted\)$/);
    expect(lines.at(-1)).toContain('confidential');
  });

  it('lint finds nothing in what ships', async () => {
    expect(await run('requests', 'lint')).toBe('16 kinds of request, 0 errors, 0 notes.\n');
  });

  it('explain says who decides and why, in both languages', async () => {
    const given = await file('answers.json', answers);
    const known = await file('facts.json', facts);

    const english = await run('requests', 'explain', 'contribute', '--answers', given, '--facts', known);
    const chinese = await run('requests', 'explain', 'contribute', '--answers', given, '--lang', 'zh-CN');

    expect(english).toContain('Contribute upstream · Contribution to apache/kafka · Bug fix\nLevel 1: automatic\n');
    expect(english).toContain('Nobody is asked.');
    expect(chinese).toContain('级别 4：开源办');
    expect(chinese).toContain('信息不全：项目是否已审过');
    expect(chinese).toContain('1. 开源办：ospo，一人即可，2 个工作日');
    expect(chinese).toContain('! license (项目的许可证): 这一项必填，请补上。');
  });

  it('explain works out the license, and asks before the policy is adopted', async () => {
    const given = await file('component.json', {
      component: 'mongodb',
      version: '7.0',
      license: 'sspl-1.0',
      useCase: 'server',
      modified: 'no',
      care: ['service'],
    });

    const said = await run('requests', 'explain', 'component', '--answers', given);

    expect(said).toContain('mongodb · SSPL-1.0 · On our servers');
    expect(said).toContain('Flags: Offered to customers as a service');
    expect(said).toContain('Legal: legal');
  });

  it.each([
    ['a kind that is not there', ['permission'], 'There is no such kind of request.'],
    ['a file that is not there', ['contribute', '--answers', '/nowhere.json'], 'This file cannot be read.'],
  ])('explain refuses %s', async (_, words, problem) => {
    const given = await file('some.json', answers);
    const command = words.includes('--answers') ? words : [...words, '--answers', given];

    await expect(run('requests', 'explain', ...command)).rejects.toThrow(problem);
  });

  it('explain refuses a file that is no object of answers', async () => {
    const path = join(folder, 'broken.json');
    await writeFile(path, '{"nature": {"is": 1}}');

    await expect(run('requests', 'explain', 'contribute', '--answers', path)).rejects.toThrow('nature');
  });
});
