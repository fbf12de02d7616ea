export type { ExtractedStructure } from './assemble.js';
export { structureOf } from './structure.js';
