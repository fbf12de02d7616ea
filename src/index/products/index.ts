export { type Coded, emptyCodes } from './codes.js';
export { emptyRows, type Rows, rowsOf } from './rows.js';
