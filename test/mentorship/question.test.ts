import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Program } from '../../src/mentorship/program.ts';
import { asksWhoHelps, wantedIn } from '../../src/mentorship/question.ts';
import { plainWord, topicsOf, wordsIn } from '../../src/mentorship/topics.ts';

const shipped = new URL('../../data/mentorship/program.yml', import.meta.url);
const program = Program.parse(parse(readFileSync(shipped, 'utf8')));

describe('who helps with something', () => {
  it.each([
    ['who can help me with Rust and Apache projects?', ['rust', 'apache'], []],
    ['Who could help our team with the Linux kernel?', ['linux-kernel'], []],
    ['who knows Kubernetes', ['cncf'], []],
    ['Is there anyone who can help with Rust, Tokio and docs?', ['rust', 'documentation'], ['tokio']],
    ['hi, who are the ambassadors for security?', ['security'], []],
    ['谁能帮我看 Rust 和 Apache 项目？', ['rust', 'apache'], []],
    ['请问谁熟悉 Linux 内核', ['linux-kernel'], []],
    ['谁懂 golang', ['go'], []],
    ['谁会 C++ 和 Python？', ['c', 'python'], []],
  ])('%s', (question, skills, unknown) => {
    expect(asksWhoHelps(question, program)).toEqual({ skills, unknown });
  });

  it.each([
    'who can help me with my first months upstream',
    'who can help me with a license question',
    'who helps me if I get a letter from a lawyer',
    'who approves the use of Rust?',
    'can we use Rust in our product?',
    'how do I become an ambassador',
    'who knows whether this is allowed',
    '谁能批准我用 Rust',
    '谁能帮我看合同',
    '我想找导师',
    `who can help me with ${'Rust and '.repeat(30)}`,
  ])('is not what "%s" asks', (question) => {
    expect(asksWhoHelps(question, program)).toBeUndefined();
  });

  it('reads topics behind a command', () => {
    expect(wantedIn('rust, kernel', program)).toEqual({ skills: ['rust', 'linux-kernel'], unknown: [] });
    expect(wantedIn('nothing we know', program)).toBeUndefined();
  });
});

describe('free words', () => {
  it.each([
    ['the Rust project', 'rust'],
    ['Ｒｕｓｔ', 'rust'],
    ['Apache 项目', 'apache'],
    ['  Linux   kernel ', 'linux kernel'],
  ])('%s is %s', (written, plain) => {
    expect(plainWord(written)).toBe(plain);
  });

  it('that name a skill of the list are that skill', () => {
    const topics = topicsOf(program, { skills: ['docs-of-ours'], words: 'K8s、Tokio，内核; tokio' });

    expect([...topics]).toEqual(['docs-of-ours', 'cncf', 'tokio', 'linux-kernel']);
    expect(wordsIn(' , ;')).toEqual([]);
  });
});

describe('the program that ships', () => {
  it('has no word that means two skills', () => {
    const named = program.skills.flatMap(({ id, name, also }) =>
      [...new Set([id, ...Object.values(name), ...also].map(plainWord))].map((word) => ({ word, id })),
    );

    const twice = named.filter(({ word }, at) => named.findIndex((one) => one.word === word) !== at);

    expect(twice).toEqual([]);
  });

  it('speaks both languages of ours', () => {
    expect(program.languages.flatMap(({ locale }) => locale ?? [])).toEqual(['en', 'zh-CN']);
    expect(program.agenda.en).toHaveLength(program.agenda['zh-CN'].length);
  });
});
