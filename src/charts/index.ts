export { type Count, countChart } from './counts.js';
export { type ChartText, type Html, round, type Size, scale, svg } from './frame.js';
