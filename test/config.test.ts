import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig, readLocalConfig } from '../src/config.ts';
import { OperatorError } from '../src/core/errors.ts';

const bot = 'xoxb-1-secretsecret';
const app = 'xapp-1-secretsecret';
const socket = { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app };
const http = { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: 'shhh', PORT: '3000' };

type Environment = Readonly<Record<string, string | undefined>>;

/** The mistakes that are reported, or none. */
function mistakesOf(env: Environment) {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof OperatorError) return error.mistakes;
    throw error;
  }
}

describe('how Slack reaches the bot', () => {
  it.each<[string, Environment, object]>([
    ['Socket Mode', socket, { kind: 'socket', appToken: app }],
    ['HTTP', http, { kind: 'http', signingSecret: 'shhh', port: 3000 }],
    [
      'HTTP, though an app token is there too',
      { ...http, SLACK_APP_TOKEN: app },
      { kind: 'http', signingSecret: 'shhh', port: 3000 },
    ],
    ['Socket Mode where the platform sets PORT', { ...socket, PORT: '8080' }, { kind: 'socket', appToken: app }],
    [
      'Socket Mode with empty HTTP settings',
      { ...socket, SLACK_SIGNING_SECRET: '', PORT: ' ' },
      { kind: 'socket', appToken: app },
    ],
  ])('%s', (_, env, receive) => {
    expect(readConfig(env).slack.receive).toEqual(receive);
  });
});

describe('defaults', () => {
  it('need nothing but tokens', () => {
    expect(readConfig(socket)).toEqual({
      slack: { apiUrl: 'https://slack.com/api/', botToken: bot, receive: { kind: 'socket', appToken: app } },
      stateDir: '.state',
      contentDir: undefined,
      peopleFile: undefined,
      audit: undefined,
      logLevel: 'info',
    });
  });

  it('hold for empty variables, as a deployment template leaves them', () => {
    const empty = {
      ...{ SLACK_API_URL: '', STATE_DIR: '', CONTENT_DIR: ' ', PEOPLE_FILE: '', LOG_LEVEL: '' },
      ...{ AUDIT_DIR: '', AUDIT_KEY_FILE: ' ' },
    };

    expect(readConfig({ ...socket, ...empty })).toEqual(readConfig(socket));
  });

  it('are replaced by what is set, without the spaces around it', () => {
    const env = {
      ...socket,
      STATE_DIR: ' /var/lib/ospo ',
      CONTENT_DIR: 'ours',
      PEOPLE_FILE: 'hr.csv',
      AUDIT_DIR: '/mnt/audit ',
      AUDIT_KEY_FILE: 'audit.key',
      LOG_LEVEL: 'debug',
    };

    expect(readLocalConfig(env)).toEqual({
      stateDir: '/var/lib/ospo',
      contentDir: 'ours',
      peopleFile: 'hr.csv',
      audit: { dir: '/mnt/audit', keyFile: 'audit.key' },
      logLevel: 'debug',
    });
  });

  it('of the command line need no token', () => {
    expect(readLocalConfig({}).stateDir).toBe('.state');
  });
});

describe('lists of the audit trail', () => {
  it.each(['..', '../state', '.state-lists', '/mnt/audit', '..state'])('may lie in %s', (dir) => {
    const env = { AUDIT_DIR: dir, AUDIT_KEY_FILE: 'audit.key' };

    expect(readLocalConfig(env).audit?.dir).toBe(dir);
  });
});

describe('mistakes', () => {
  it.each<[string, Environment, readonly string[]]>([
    ['nothing at all', {}, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']],
    ['empty tokens', { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: ' ' }, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']],
    [
      'tokens the wrong way round',
      { SLACK_BOT_TOKEN: app, SLACK_APP_TOKEN: bot },
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ],
    ['a user token', { ...socket, SLACK_BOT_TOKEN: 'xoxp-1' }, ['SLACK_BOT_TOKEN']],
    ['a secret without a port', { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: 's' }, ['PORT']],
    ['a port without a secret', { SLACK_BOT_TOKEN: bot, PORT: '3000' }, ['SLACK_SIGNING_SECRET']],
    ['a port that is none', { ...http, PORT: 'http' }, ['PORT']],
    ['port 0', { ...http, PORT: '0' }, ['PORT']],
    ['port 65536', { ...http, PORT: '65536' }, ['PORT']],
    ['half a port', { ...http, PORT: '80.5' }, ['PORT']],
    ['an address without a slash at the end', { ...socket, SLACK_API_URL: 'https://slack.com/api' }, ['SLACK_API_URL']],
    ['an address that is none', { ...socket, SLACK_API_URL: 'slack/' }, ['SLACK_API_URL']],
    ['an address of another kind', { ...socket, SLACK_API_URL: 'file:///etc/' }, ['SLACK_API_URL']],
    ['a folder for lists without a key', { ...socket, AUDIT_DIR: '/mnt/audit' }, ['AUDIT_KEY_FILE']],
    ['a key without a folder for lists', { ...socket, AUDIT_KEY_FILE: 'audit.key' }, ['AUDIT_DIR']],
    ...['.state', './.state/', '.state/lists', 'x/../.state/lists'].map(
      (dir): [string, Environment, readonly string[]] => [
        `lists inside the store: ${dir}`,
        { ...socket, AUDIT_DIR: dir, AUDIT_KEY_FILE: 'audit.key' },
        ['AUDIT_DIR'],
      ],
    ),
    ['a level that is none', { ...socket, LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
    [
      'all of them at once',
      { LOG_LEVEL: 'loud', SLACK_API_URL: 'x', SLACK_BOT_TOKEN: 'x', SLACK_SIGNING_SECRET: 's', PORT: 'x' },
      ['LOG_LEVEL', 'SLACK_API_URL', 'SLACK_BOT_TOKEN', 'PORT'],
    ],
  ])('%s', (_, env, where) => {
    const mistakes = mistakesOf(env);

    expect(mistakes.map((mistake) => mistake.where)).toEqual(where);
    expect(mistakes.every(({ problem, mend }) => problem.length > 5 && mend.length > 10)).toBe(true);
  });

  it('of the command line are only those that matter there', () => {
    expect(() => readLocalConfig({ LOG_LEVEL: 'loud', SLACK_BOT_TOKEN: 'x' })).toThrow(/^LOG_LEVEL: [^\n]*$/);
  });

  it('never show a value: any of them may be a secret that was pasted into the wrong variable', () => {
    const names = [
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
      'PORT',
      'SLACK_API_URL',
      'LOG_LEVEL',
      'STATE_DIR',
      'AUDIT_DIR',
      'AUDIT_KEY_FILE',
    ];
    const secret = fc.stringMatching(/^[0-9a-f]{20}$/).map((random) => `${random}-secret`);
    const prefix = fc.constantFrom('', 'xoxb-', 'xapp-', 'xoxp-');
    const environment = fc.dictionary(
      fc.constantFrom(...names),
      fc.tuple(prefix, secret).map((parts) => parts.join('')),
    );

    fc.assert(
      fc.property(environment, (env) => {
        const said = JSON.stringify(mistakesOf(env));
        for (const value of Object.values(env)) expect(said).not.toContain(value.slice(5));
      }),
      { seed: 20261122 },
    );
  });
});

describe('completions from a learning system', () => {
  const secret = 'a secret of more than twenty-four bytes';
  const completionsOf = (env: Environment) => {
    const { completions } = readConfig(env);
    return completions && { secret: completions.secret.toString(), port: completions.port };
  };

  it.each<[string, Environment, object]>([
    [
      'a port of their own in Socket Mode',
      { ...socket, COMPLETIONS_SECRET: secret, COMPLETIONS_PORT: '3001' },
      { secret, port: 3001 },
    ],
    ["Slack's port over HTTP", { ...http, COMPLETIONS_SECRET: secret }, { secret, port: undefined }],
    [
      'a port of their own over HTTP',
      { ...http, COMPLETIONS_SECRET: ` ${secret} `, COMPLETIONS_PORT: '3001' },
      { secret, port: 3001 },
    ],
    [
      'a secret as Standard Webhooks writes it',
      { ...http, COMPLETIONS_SECRET: `whsec_${Buffer.from(secret).toString('base64')}` },
      { secret, port: undefined },
    ],
  ])('come over %s', (_, env, expected) => {
    expect(completionsOf(env)).toEqual(expected);
  });

  it.each<[string, Environment, readonly string[]]>([
    ['a short secret', { ...http, COMPLETIONS_SECRET: 'hunter2' }, ['COMPLETIONS_SECRET']],
    ['a port without a secret', { ...socket, COMPLETIONS_PORT: '3001' }, ['COMPLETIONS_SECRET']],
    ['Socket Mode without a port', { ...socket, COMPLETIONS_SECRET: secret }, ['COMPLETIONS_PORT']],
    ['no port', { ...socket, COMPLETIONS_SECRET: secret, COMPLETIONS_PORT: 'x' }, ['COMPLETIONS_PORT']],
    ["Slack's port twice", { ...http, COMPLETIONS_SECRET: secret, COMPLETIONS_PORT: '3000' }, ['COMPLETIONS_PORT']],
    [
      'everything at once',
      { ...socket, COMPLETIONS_SECRET: 'hunter2', COMPLETIONS_PORT: '0' },
      ['COMPLETIONS_SECRET', 'COMPLETIONS_PORT'],
    ],
  ])('are refused with a mend, and never shown: %s', (_, env, names) => {
    const mistakes = mistakesOf(env);

    expect(mistakes.map(({ where }) => where)).toEqual(names);
    expect(mistakes.every(({ mend }) => mend.length > 20)).toBe(true);
    expect(JSON.stringify(mistakes)).not.toContain('hunter2');
  });
});
