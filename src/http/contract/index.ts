export { contract } from './document.js';
