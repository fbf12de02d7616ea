import { fileURLToPath } from 'node:url';
import { PARAGRAPHS_A_DOCUMENT } from './generate.js';

/** What the processes of the bench are told and what they tell: each stage has one of its own, so that its memory is its own. */
export interface BuildOrder {
  readonly folder: string;
  readonly modelCache: string;
  readonly chunks: number;
  readonly seed: number;
  /** Whether every sentence is really encoded. */
  readonly real: boolean;
  /** Whether only vectors are indexed, without the texts. */
  readonly vectorsOnly: boolean;
}

/** Milliseconds that something took: of all processors, which does not depend on what else runs, and by the clock. */
export interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

export interface Built {
  readonly chunks: number;
  /** Texts a second that the encoder took. */
  readonly encodedPerSecond: number;
  /** Everything but encoding, in the order in which it is done. */
  readonly stages: readonly (Cost & { readonly stage: string })[];
  readonly graphBytes: number;
  readonly indexBytes: number;
  /** Largest resident memory of the build, in MB. */
  readonly peakMb: number;
}

export interface MeasureOrder {
  readonly folder: string;
  readonly chunks: number;
  readonly modelCache: string;
  readonly vectorsOnly: boolean;
}

/** Milliseconds and shares of the searches of one kind. */
export interface Searched {
  readonly filter: string;
  readonly p50: number;
  readonly p99: number;
  /** Of the ten nearest of an exact search; NaN where that is not asked. */
  readonly recall: number;
}

/** One figure, told as soon as it is known. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

/** What is asked, with vectors that are really encoded. */
export interface Queries {
  readonly texts: readonly string[];
  readonly vectors: readonly (readonly number[])[];
  /** Of the first texts: where their answers stand. */
  readonly answers: readonly { readonly document: string; readonly paragraph: number }[];
}

export const K = 10;
/** Paragraphs that follow each other are allowed together, as those of a session are. */
const BLOCK = PARAGRAPHS_A_DOCUMENT / 5;
export const FILTERS = [
  { filter: 'none', percent: 100 },
  { filter: '1 %', percent: 1 },
  { filter: '10 %', percent: 10 },
  { filter: '50 %', percent: 50 },
] as const;

/** Which hundredth of the record a paragraph belongs to. */
export function hundredthOf(paragraph: number): number {
  // Neighbouring blocks are of different hundredths.
  return (Math.floor(paragraph / BLOCK) * 37) % 100;
}

export function fileOf(name: 'build' | 'measure' | 'peers'): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url));
}

export interface PeerOrder {
  readonly folder: string;
  readonly chunks: number;
  /** Whether Orama takes part. */
  readonly orama: boolean;
}

export interface PeerResult {
  readonly name: string;
  readonly chunks: number;
  readonly buildMs: number;
  /** That it added. */
  readonly residentMb: number;
  readonly searches: readonly Searched[];
}
