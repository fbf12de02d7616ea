export { contract, INTERFACE_VERSION, SETTINGS } from './document.js';
