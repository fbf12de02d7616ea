import { describe, expect, it } from 'vitest';
import { SESSION_SECONDS, sessions } from '../../../src/http/access/sessions.js';

describe('sessions', () => {
  it('gives back the name of the key until the end', () => {
    let now = 1_700_000_000_000;
    const issued = sessions(() => now);
    const token = issued.issue('key-2');
    expect(issued.nameOf(token)).toBe('key-2');
    now += (SESSION_SECONDS - 1) * 1000;
    expect(issued.nameOf(token)).toBe('key-2');
    now += 2000;
    expect(issued.nameOf(token)).toBeNull();
  });

  it('takes no token of another process, nor one that was changed', () => {
    const own = sessions();
    const token = own.issue('key-1');
    expect(sessions().nameOf(token)).toBeNull();
    const [name = '', end = '', signature = ''] = token.split('.');
    const changed = [
      '',
      'key-1',
      `${name}.${end}`,
      `${name}.${end}.`,
      `key-2.${end}.${signature}`,
      `${name}.${Number(end) + 1}.${signature}`,
      `${name}.${end}.${'A'.repeat(43)}`,
      `${token}.x`,
      `${token}\n`,
      ` ${token}`,
    ];
    for (const value of changed) expect(own.nameOf(value), value).toBeNull();
    for (let at = 0; at < signature.length - 1; at += 1) {
      const other = signature[at] === 'A' ? 'B' : 'A';
      expect(
        own.nameOf(`${name}.${end}.${signature.slice(0, at)}${other}${signature.slice(at + 1)}`),
      ).toBeNull();
    }
  });
});
