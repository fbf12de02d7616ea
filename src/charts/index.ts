export { type Count, countChart } from './counts.js';
export { type ChartText, type Html, round, scale, svg, WIDTH } from './frame.js';
