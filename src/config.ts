import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { BUNDLED } from './embed/index.js';
import { ParaciteError } from './errors.js';

/** All settings, read once from the environment. Same order as `.env.example`. */
const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  CORPUS_DIR: z.string().default('corpus'),
  INDEX_DIR: z.string().default('index'),
  MODEL_CACHE_DIR: z.string().default('.cache/models'),
  EMBEDDING_MODEL: z.string().default(BUNDLED),
  ABSTAIN_THRESHOLD: z.coerce.number().min(0).max(1).optional(),
  WORKERS: z.coerce.number().int().min(0).max(256).default(availableParallelism()),
  QUEUE_LIMIT: z.coerce.number().int().min(0).max(1_000_000).default(256),
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1).max(3_600_000).default(10_000),
  CACHE_ENTRIES: z.coerce.number().int().min(0).max(1_000_000).default(1000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type SettingName = keyof typeof schema.shape;

export const SETTING_NAMES = Object.keys(schema.shape) as SettingName[];

export interface Config {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly corpusDirectory: string;
  readonly indexDirectory: string;
  readonly modelCacheDirectory: string;
  readonly embeddingModel: string;
  /** Confidence below which a question is not answered, 0 to 1; the calibrated one where undefined. */
  readonly abstainThreshold: number | undefined;
  /** Processes that answer requests; 0 for the one that serves. */
  readonly workers: number;
  /** Requests that may wait beside those that are being answered. */
  readonly queueLimit: number;
  /** Longest time until a request is answered or given up, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Answers and search results that are kept; 0 for none. */
  readonly cacheEntries: number;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
}

/**
 * @param environment variables; an empty one counts as not set
 * @throws ParaciteError `config` that lists every setting that is wrong
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    SETTING_NAMES.flatMap((name) => (environment[name]?.trim() ? [[name, environment[name]?.trim()]] : [])),
  );
  const result = schema.safeParse(set);
  if (!result.success) {
    const wrong = result.error.issues.map(
      ({ path: [name], message }) => `${String(name)}="${set[String(name)]}": ${message}`,
    );
    throw new ParaciteError('config', `${wrong.join('; ')}; see .env.example`);
  }
  const { data } = result;
  return {
    host: data.HOST,
    port: data.PORT,
    corpusDirectory: data.CORPUS_DIR,
    indexDirectory: data.INDEX_DIR,
    modelCacheDirectory: data.MODEL_CACHE_DIR,
    embeddingModel: data.EMBEDDING_MODEL,
    abstainThreshold: data.ABSTAIN_THRESHOLD,
    workers: data.WORKERS,
    queueLimit: data.QUEUE_LIMIT,
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    cacheEntries: data.CACHE_ENTRIES,
    logLevel: data.LOG_LEVEL,
  };
}
