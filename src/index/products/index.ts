export { type Bits, type Differences, emptyBits } from './bits.js';
export { type Coded, type Estimates, emptyCodes } from './codes.js';
export { emptyRows, type Rows, rowsOf } from './rows.js';
