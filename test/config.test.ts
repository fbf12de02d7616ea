import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, SETTING_NAMES } from '../src/config.js';
import { ROOT } from './support/fixtures.js';

const wrongIn = (settings: Record<string, string>, options = {}) => {
  try {
    readConfig(settings, options);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('settings', () => {
  it('are listed in .env.example in the same order, each with its default', async () => {
    const example = await readFile(path.join(ROOT, '.env.example'), 'utf8');
    const lines = example.split('\n').filter((line) => /^[A-Z_]+=/u.test(line));
    expect(lines.map((line) => line.split('=')[0])).toEqual(SETTING_NAMES);
    const listed = Object.fromEntries(lines.map((line) => line.split('=') as [string, string]));
    expect(readConfig(listed)).toEqual(readConfig({}));
  });

  it('read keys and origins from lists, and each key once', () => {
    const { apiKeys, corsOrigins } = readConfig({
      API_KEYS: ' one-key , other+key/with=,,one-key,',
      CORS_ORIGINS: 'https://example.org, http://localhost:8080',
    });
    expect(apiKeys).toEqual(['one-key', 'other+key/with=']);
    expect(corsOrigins).toEqual(['https://example.org', 'http://localhost:8080']);
  });

  it('take true for one proxy', () => {
    const proxies = ['true', 'false', '0', '2'].map(
      (value) => readConfig({ TRUST_PROXY: value }).trustedProxies,
    );
    expect(proxies).toEqual([1, 0, 0, 2]);
  });

  it('name every wrong one at once, and never show a key', () => {
    const wrong = {
      PORT: '99999',
      API_KEYS: 'a key with spaces,fine',
      ALLOW_OPEN: 'perhaps',
      RATE_LIMIT_PER_MINUTE: '-1',
      TRUST_PROXY: 'nginx',
      CORS_ORIGINS: 'example.org',
      INDEX_URL: 'mysql://user:secret@host/name',
      LOG_QUESTIONS: 'some',
    };
    const message = wrongIn(wrong);
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
    expect(message).not.toMatch(/spaces|fine|secret/u);
    for (const origin of ['https://example.org/', 'https://example.org/path', 'null', 'example.org'])
      expect(wrongIn({ CORS_ORIGINS: origin })).toContain('CORS_ORIGINS');
  });
});

describe('the settings of a language model', () => {
  it('are none without one, and whole with one', () => {
    expect(readConfig({ ANSWER_API_KEY: 'unused', ANSWER_TIMEOUT_MS: '99999' }).answer).toBeNull();
    const given = { ANSWER_MODEL: 'ollama:llama3.1:8b', ANSWER_MODEL_URL: 'http://127.0.0.1:11434' };
    expect(readConfig({ ...given, ANSWER_PRICE_OUTPUT: '0.6' }).answer).toEqual({
      provider: 'ollama',
      model: 'llama3.1:8b',
      url: 'http://127.0.0.1:11434',
      apiKey: undefined,
      timeoutMs: 8000,
      prices: { input: 0, output: 0.6 },
    });
  });

  it('are refused all at once, and show neither key nor address', () => {
    const wrong = {
      ANSWER_MODEL: 'gpt-5',
      ANSWER_MODEL_URL: 'http://user:hidden-word@example.org',
      ANSWER_TIMEOUT_MS: '0',
      ANSWER_PRICE_INPUT: '-1',
    };
    const message = wrongIn({ ...wrong, ANSWER_API_KEY: 'hidden-key' });
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
    expect(message).not.toContain('hidden');
  });

  it('must go together', () => {
    const ANSWER_MODEL = 'openai:gpt-5-mini';
    expect(wrongIn({ ANSWER_MODEL })).toMatch(/no key.*ANSWER_API_KEY or OPENAI_API_KEY/u);
    for (const enough of [
      { ANSWER_API_KEY: 'k' },
      { OPENAI_API_KEY: 'k' },
      { ANSWER_MODEL_URL: 'http://127.0.0.1:1/v1' },
    ])
      expect(wrongIn({ ANSWER_MODEL, ...enough })).toBe('');
    expect(wrongIn({ ANSWER_MODEL: 'anthropic:x', ANSWER_MODEL_URL: 'http://127.0.0.1:1' })).toContain(
      'ANSWER_MODEL_URL: only for models of openai and ollama',
    );
    const late = { ANSWER_MODEL, ANSWER_API_KEY: 'k', ANSWER_TIMEOUT_MS: '10001' };
    expect(wrongIn(late)).toContain('must not be above REQUEST_TIMEOUT_MS (10000)');
    expect(wrongIn({ ...late, REQUEST_TIMEOUT_MS: '20000' })).toBe('');
  });
});

describe('a server that would be open to a network', () => {
  const serves = { serves: true };

  it('is refused unless there is a key or it is said to be meant, with all that is wrong beside it', () => {
    for (const HOST of ['0.0.0.0', '::', '192.0.2.1', 'example.org', '127.0.0.1.example.org']) {
      expect(wrongIn({ HOST }, serves)).toMatch(/API_KEYS.*ALLOW_OPEN/u);
      expect(wrongIn({ HOST, API_KEYS: ' , ' }, serves)).toContain('API_KEYS');
      expect(wrongIn({ HOST, ALLOW_OPEN: 'false' }, serves)).toContain('API_KEYS');
      expect(wrongIn({ HOST, API_KEYS: 'some-key' }, serves)).toBe('');
      expect(wrongIn({ HOST, ALLOW_OPEN: 'true' }, serves)).toBe('');
    }
    const message = wrongIn({ HOST: '0.0.0.0', PORT: 'x' }, serves);
    for (const part of ['HOST="0.0.0.0"', 'PORT="x"']) expect(message).toContain(part);
  });

  it('is no matter on this machine’s own addresses, nor for commands that do not listen', () => {
    for (const HOST of ['127.0.0.1', '127.8.8.8', '::1', 'localhost'])
      expect(wrongIn({ HOST }, serves)).toBe('');
    expect(wrongIn({ HOST: '0.0.0.0' })).toBe('');
  });
});
