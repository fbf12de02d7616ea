import type { z } from 'zod';
import type { PlainDigest } from '../../digest/index.js';
import type {
  DraftView,
  documentDetailView,
  documentView,
  paragraphView,
  SearchView,
  VerifyView,
} from '../../response/index.js';
import type { Answering } from '../answering.js';
import type { Problem } from '../problems.js';
import type { reindexView } from '../routes/admin.js';
import type * as bodies from './bodies.js';

/** A type with everything in it read-only, and what is optional the same way. */
type Frozen<T> = T extends (infer U)[] | readonly (infer U)[]
  ? number extends T['length']
    ? readonly Frozen<U>[]
    : { readonly [K in keyof T]: Frozen<T[K]> }
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

/** What leaves the process and what the contract says: each must be the other. */
type Same<View, Body extends z.ZodType> = [Frozen<View>, Frozen<z.output<Body>>] extends [
  Frozen<z.output<Body>>,
  Frozen<View>,
]
  ? true
  : { readonly view: View; readonly contract: z.output<Body> };

type Holds<T extends true> = T;

interface Timed {
  readonly tookMs: number;
}

/** Does not compile where a view and the contract have drifted apart. */
export type Agreement = [
  Holds<Same<Answering & Timed, typeof bodies.askAnswer>>,
  Holds<Same<SearchView & Timed, typeof bodies.searchAnswer>>,
  Holds<Same<VerifyView, typeof bodies.verifyAnswer>>,
  Holds<Same<DraftView, typeof bodies.draftAnswer>>,
  Holds<Same<PlainDigest & Timed, typeof bodies.digestAnswer>>,
  Holds<Same<ReturnType<typeof documentView>, typeof bodies.documentSummary>>,
  Holds<Same<ReturnType<typeof documentDetailView>, typeof bodies.documentDetail>>,
  Holds<Same<ReturnType<typeof paragraphView>, typeof bodies.paragraphAnswer>>,
  Holds<Same<ReturnType<typeof reindexView>, typeof bodies.reindexProgress>>,
  Holds<Same<Problem, typeof bodies.problemDetails>>,
];
