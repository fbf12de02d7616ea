export { contract, INTERFACE_VERSION } from './document.js';
