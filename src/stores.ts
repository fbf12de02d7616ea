import type { Config } from './config.js';
import type { RecordDocument } from './corpus/index.js';
import {
  holdIndex,
  type OpenOptions,
  openIndex,
  openOrBuild,
  type Pointer,
  readPointer,
  type ServedIndex,
  type Unusable,
} from './index/index.js';
import { PostgresStore } from './postgres/index.js';

/** Where indexes are kept: the folder of a machine, or a database that many share. */
export interface IndexStore {
  /** Whether others put another index in place without a word. */
  readonly shared: boolean;
  /** The index in use. Null where there is none. */
  current(): Promise<Pointer | null>;
  /** The documents of an index, where they are kept with it; null where they are those of the corpus. */
  documents(pointer: Pointer): Promise<readonly RecordDocument[] | null>;
  open(options: Omit<OpenOptions, 'directory'>): Promise<ServedIndex | Unusable>;
  openOrBuild(options: Omit<OpenOptions, 'directory'>): Promise<ServedIndex>;
  /** Says that an index is in use, so that nobody removes it, and returns what ends that. */
  hold(pointer: Pointer): () => void;
  close(): Promise<void>;
}

/** The database of INDEX_URL where there is one, otherwise the folder INDEX_DIR. */
export function openStore(config: Config): IndexStore {
  const { indexDirectory: directory, indexUrl: url } = config;
  if (url !== undefined) {
    const store = new PostgresStore({ url, statementTimeoutMs: config.requestTimeoutMs });
    return {
      shared: true,
      current: () => store.current(config.embeddingModel),
      documents: (pointer) => store.documents(pointer),
      open: (options) => store.open(options),
      openOrBuild: (options) => store.openOrBuild({ directory, ...options }),
      hold: (pointer) => store.hold(pointer),
      close: () => store.close(),
    };
  }
  return {
    shared: false,
    current: () => readPointer(directory),
    documents: async () => null,
    open: (options) => openIndex({ directory, ...options }),
    openOrBuild: (options) => openOrBuild({ directory, ...options }),
    hold: (pointer) => holdIndex(directory, pointer),
    close: async () => undefined,
  };
}
