export { extractFolder, type FileProgress, inspect, type RefusedFile } from './folder.js';
export { type Kept, readKept, textFile } from './kept.js';
export { metadataOf } from './metadata.js';
export { openSandbox, type Sandbox } from './sandbox.js';
export {
  type BlockKind,
  type DateSource,
  type ExtractedText,
  type TextBlock,
  UnreadableFile,
} from './types.js';
