export {
  type Chunk,
  type ChunkOptions,
  chunkParagraph,
  type Part,
  partsOf,
  type Sentence,
  sentencesOf,
} from './chunks.js';
export { type Range, splitSentences } from './sentences.js';
