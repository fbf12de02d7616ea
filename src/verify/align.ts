import type { Window } from './candidates.js';
import type { Text } from './texts.js';
import type { Word } from './words.js';

const MATCH = 8;
const REPLACED = -4;
/** The first of several words that were left out or put in, and each that follows. */
const GAP_OPEN = -4;
const GAP_EXTEND = -3;
/**
 * Going on in another place. Worth it from 4 words at an end of the quotation that stand there as they are, from 7
 * words in its middle, or where 12 words were left out.
 */
const JUMP = -36;
const NEVER = -(2 ** 29);

/** A word given, a word of the text, or the one for the other. -1 where there is none. */
export interface Step {
  /** Number of the word of the text. */
  readonly source: number;
  /** Number of the word given. */
  readonly given: number;
  readonly equal: boolean;
  /** Whether words of the text before it were openly left out. */
  readonly afterGap: boolean;
}

/** What one place of the record gives to the quotation, from the first equal word to the last. */
export interface Fragment {
  readonly text: Text;
  readonly steps: readonly Step[];
}

export interface AlignOptions {
  /** Whether the quotation may go on in another place. */
  readonly jumps: boolean;
  /** Numbers of the words given before which something was openly left out. */
  readonly gaps: ReadonlySet<number>;
}

/** How a cell was reached where a word given stands for a word of the text. */
const FROM = { given: 0, putIn: 1, leftOut: 2, gap: 3, start: 4, jump: 5 } as const;
/** Bits beside it: whether a gap that ends in the cell goes on. */
const PUT_IN_GOES_ON = 8;
const LEFT_OUT_GOES_ON = 16;

/** A cell of the last row or the best of a row: the column, and whether its word given was put in after it. */
interface Cell {
  readonly column: number;
  readonly putIn: boolean;
}

/**
 * The best explanation of what was given from windows of texts: word by word with affine gaps (Gotoh, J. Mol. Biol. 162,
 * 1982), anywhere in the windows, all of what was given, and with jumps to other places where they explain enough.
 * Of equals the window that comes first. Empty where no word is equal.
 */
export function align(windows: readonly Window[], given: readonly Word[], options: AlignOptions): Fragment[] {
  const grid = fill(windows, given, options);
  return grid ? walkBack(grid, windows) : [];
}

/** How every word given is best explained up to every word of the windows; a row a word given. */
interface Grid {
  /** Words of all windows as numbers. Column 0 stands before all. */
  readonly source: Int32Array;
  readonly given: Int32Array;
  /** The column of each window's first word. */
  readonly starts: readonly number[];
  /** For each cell, how it was reached. */
  readonly trace: Uint8Array;
  /** For each row with a gap before it, the cell that each column goes on from: twice the column, and 1 if put in. */
  readonly gapCells: ReadonlyMap<number, Int32Array>;
  /** The best cell of each row. */
  readonly best: readonly Cell[];
}

/** Null where no word is equal. */
function fill(windows: readonly Window[], given: readonly Word[], options: AlignOptions): Grid | null {
  const codes = new Map<string, number>();
  const codeOf = (key: string): number => {
    const code = codes.get(key) ?? codes.size;
    codes.set(key, code);
    return code;
  };
  const starts: number[] = [];
  const columns = [-1];
  for (const { text, from, to } of windows) {
    starts.push(columns.length);
    for (let word = from; word < to; word += 1) columns.push(codeOf(text.words[word]?.key ?? ''));
  }
  const width = columns.length;
  const source = Int32Array.from(columns);
  const wanted = Int32Array.from(given, ({ key }) => codes.get(key) ?? -1);
  const isStart = new Uint8Array(width + 1);
  for (const start of starts) isStart[start] = 1;

  const trace = new Uint8Array(given.length * width);
  const gapCells = new Map<number, Int32Array>();
  const best: Cell[] = [];
  let bestScore = NEVER;
  /** Scores of the row before: the word given for the word of the column, put in after it, the column left out. */
  let pair = new Int32Array(width).fill(NEVER);
  let putIn = new Int32Array(width).fill(NEVER);
  let leftOut = new Int32Array(width).fill(NEVER);

  for (const [row, code] of wanted.entries()) {
    const nextPair = new Int32Array(width).fill(NEVER);
    const nextPutIn = new Int32Array(width).fill(NEVER);
    const nextLeftOut = new Int32Array(width).fill(NEVER);
    const startScore = row === 0 ? 0 : GAP_OPEN + GAP_EXTEND * (row - 1);
    const jumpScore = options.jumps && row > 0 ? bestScore + JUMP : NEVER;
    const cells = options.gaps.has(row) ? new Int32Array(width) : null;
    if (cells) gapCells.set(row, cells);
    let gapScore = NEVER;
    let gapCell = 0;
    let rowBest: Cell = { column: 0, putIn: false };
    let rowScore = NEVER;
    for (let column = 1; column < width; column += 1) {
      const first = isStart[column] === 1;
      const equal = source[column] === code;
      let score = NEVER;
      let from: number = FROM.start;
      if (!first) {
        const before = column - 1;
        score = at(pair, before);
        from = FROM.given;
        if (at(putIn, before) > score) {
          score = at(putIn, before);
          from = FROM.putIn;
        }
        if (at(leftOut, before) > score) {
          score = at(leftOut, before);
          from = FROM.leftOut;
        }
        if (cells) {
          if (at(pair, before) > gapScore) {
            gapScore = at(pair, before);
            gapCell = 2 * before;
          }
          if (at(putIn, before) > gapScore) {
            gapScore = at(putIn, before);
            gapCell = 2 * before + 1;
          }
          cells[column] = gapCell;
          if (gapScore > score) {
            score = gapScore;
            from = FROM.gap;
          }
        }
      } else {
        gapScore = NEVER;
      }
      if (equal && startScore > score) {
        score = startScore;
        from = FROM.start;
      }
      if (equal && jumpScore > score) {
        score = jumpScore;
        from = FROM.jump;
      }
      const pairScore = score + (equal ? MATCH : REPLACED);
      const openPutIn = at(pair, column) + GAP_OPEN;
      const extendPutIn = at(putIn, column) + GAP_EXTEND;
      const putInScore = Math.max(openPutIn, extendPutIn);
      const openLeftOut = first ? NEVER : at(nextPair, column - 1) + GAP_OPEN;
      const extendLeftOut = first ? NEVER : at(nextLeftOut, column - 1) + GAP_EXTEND;
      nextPair[column] = Math.max(pairScore, NEVER);
      nextPutIn[column] = Math.max(putInScore, NEVER);
      nextLeftOut[column] = Math.max(openLeftOut, extendLeftOut, NEVER);
      trace[row * width + column] =
        from +
        (extendPutIn > openPutIn ? PUT_IN_GOES_ON : 0) +
        (extendLeftOut > openLeftOut ? LEFT_OUT_GOES_ON : 0);
      if (pairScore > rowScore) {
        rowScore = pairScore;
        rowBest = { column, putIn: false };
      }
      if (putInScore > rowScore) {
        rowScore = putInScore;
        rowBest = { column, putIn: true };
      }
    }
    best.push(rowBest);
    bestScore = rowScore;
    pair = nextPair;
    putIn = nextPutIn;
    leftOut = nextLeftOut;
  }
  // Far below any real score, where only sums with NEVER are.
  if (bestScore < NEVER / 2) return null;
  return { source, given: wanted, starts, trace, gapCells, best };
}

/** The fragments on the way to the best cell of the last row. */
function walkBack(
  { source, given, starts, trace, gapCells, best }: Grid,
  windows: readonly Window[],
): Fragment[] {
  const fragments: Fragment[] = [];
  let steps: Step[] = [];
  let row = given.length - 1;
  let { column, putIn: isPutIn } = best[row] ?? { column: 0, putIn: false };
  let isLeftOut = false;
  const close = (): void => {
    const index = starts.findLastIndex((start) => start <= column);
    const window = windows[index];
    const start = (starts[index] ?? 0) - (window?.from ?? 0);
    const placed = steps
      .reverse()
      .map((step) => ({ ...step, source: step.source === -1 ? -1 : step.source - start }));
    const firstEqual = placed.findIndex(({ equal }) => equal);
    const lastEqual = placed.findLastIndex(({ equal }) => equal);
    if (window && firstEqual !== -1) {
      fragments.push({ text: window.text, steps: placed.slice(firstEqual, lastEqual + 1) });
    }
    steps = [];
  };
  for (;;) {
    const cell = trace[row * source.length + column] ?? 0;
    if (isPutIn) {
      steps.push({ source: -1, given: row, equal: false, afterGap: false });
      isPutIn = (cell & PUT_IN_GOES_ON) !== 0;
      row -= 1;
      continue;
    }
    if (isLeftOut) {
      steps.push({ source: column, given: -1, equal: false, afterGap: false });
      isLeftOut = (cell & LEFT_OUT_GOES_ON) !== 0;
      column -= 1;
      continue;
    }
    const from = cell & 7;
    const equal = source[column] === given[row];
    steps.push({ source: column, given: row, equal, afterGap: from === FROM.gap });
    if (from === FROM.start) break;
    row -= 1;
    if (from === FROM.jump) {
      close();
      ({ column, putIn: isPutIn } = best[row] ?? { column: 0, putIn: false });
    } else if (from === FROM.gap) {
      const to = gapCells.get(row + 1)?.[column] ?? 0;
      column = to >> 1;
      isPutIn = to % 2 === 1;
    } else {
      column -= 1;
      isPutIn = from === FROM.putIn;
      isLeftOut = from === FROM.leftOut;
    }
  }
  close();
  return fragments.reverse();
}

function at(scores: Int32Array, column: number): number {
  return scores[column] ?? NEVER;
}
