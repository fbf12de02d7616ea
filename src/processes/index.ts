export { endOf, letGo, startChild } from './child.js';
export { dataOfParent, tellParent } from './parent.js';
