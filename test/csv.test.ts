import { describe, expect, it } from 'vitest';
import { csvOf } from '../src/csv.js';

describe('comma-separated values', () => {
  it('quote only what needs it, and leave numbers as they are', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x', -1],
          ['"y", z', null],
          ['-1', '1-2'],
        ],
      ),
    ).toBe('\uFEFFa,b\r\nx,-1\r\n"""y"", z",\r\n\'-1,1-2\r\n');
  });
});
