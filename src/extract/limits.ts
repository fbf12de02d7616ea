const MEGABYTE = 1024 * 1024;

/** Largest file, in bytes. */
export const MAX_FILE_BYTES = 50 * MEGABYTE;
/** Largest part of a compressed file and all of them together once inflated, in bytes. */
export const MAX_PART_BYTES = 64 * MEGABYTE;
export const MAX_INFLATED_BYTES = 128 * MEGABYTE;
/** Most parts of a compressed file. */
export const MAX_PARTS = 5_000;
/** Longest extracted text, in UTF-16 code units. */
export const MAX_TEXT = 20 * MEGABYTE;
/** Most pages of a PDF. */
export const MAX_PAGES = 5_000;
/** Deepest nesting of elements. */
export const MAX_DEPTH = 400;
/** Longest time that a file may take, in milliseconds. */
export const MAX_TIME_MS = 60_000;
/** Heap of the process that extracts, in megabytes. */
export const MAX_HEAP_MB = 768;

/** "50 MB" */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / MEGABYTE)} MB`;
}
