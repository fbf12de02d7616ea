export { type Chunk, type ChunkOptions, chunkParagraph, type Part, partsOf } from './chunks.js';
export { type Range, splitSentences } from './sentences.js';
