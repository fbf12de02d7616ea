import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { BUNDLED } from './embed/index.js';
import { ParaciteError } from './errors.js';
import { RECORD, userCache } from './places.js';

const REQUEST_TIMEOUT_DEFAULT_MS = 10_000;

/** All settings, read once from the environment. Same order as `.env.example`. */
const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  API_KEYS: z
    .string()
    .default('')
    .transform(listOf)
    .refine(
      (keys) => keys.every((key) => /^[\w.~+/-]{1,200}=*$/u.test(key)),
      'each key must be letters, digits and -._~+/ only, with commas between',
    ),
  ALLOW_OPEN: z.stringbool().default(false),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(0),
  TRUST_PROXY: z
    .preprocess(
      (value) => ({ true: 1, false: 0 })[String(value)] ?? value,
      z.coerce.number().int().min(0).max(10),
    )
    .default(0),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(listOf)
    .refine((origins) => origins.every(isOrigin), 'each must be * or an origin such as https://example.org'),
  CORPUS_DIR: z.string().optional(),
  INDEX_DIR: z.string().optional(),
  INDEX_URL: z
    .string()
    .refine(isDatabase, 'must be the address of a database, such as postgres://user:password@host/name')
    .optional(),
  MODEL_CACHE_DIR: z.string().optional(),
  EMBEDDING_MODEL: z.string().default(BUNDLED),
  ABSTAIN_THRESHOLD: z.coerce.number().min(0).max(1).optional(),
  ANSWER_MODEL: z
    .string()
    .regex(/^[a-z][\w-]*:\S+$/u, 'must be provider:model, as openai:gpt-5-mini')
    .optional(),
  ANSWER_MODEL_URL: z
    .string()
    .refine(isPlainUrl, 'must be an http or https address without a user, a query or a fragment')
    .optional(),
  ANSWER_API_KEY: z.string().optional(),
  ANSWER_TIMEOUT_MS: z.coerce.number().int().min(1).max(3_600_000).default(8000),
  ANSWER_PRICE_INPUT: z.coerce.number().min(0).max(1_000_000).default(0),
  ANSWER_PRICE_OUTPUT: z.coerce.number().min(0).max(1_000_000).default(0),
  WORKERS: z.coerce.number().int().min(0).max(256).default(availableParallelism()),
  QUEUE_LIMIT: z.coerce.number().int().min(0).max(1_000_000).default(256),
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1).max(3_600_000).default(REQUEST_TIMEOUT_DEFAULT_MS),
  CACHE_ENTRIES: z.coerce.number().int().min(0).max(1_000_000).default(1000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_QUESTIONS: z.stringbool().default(false),
});

/** Where documents, index and encoder are looked for in the folder that one is in. */
export const HERE = { CORPUS_DIR: 'corpus', INDEX_DIR: 'index', MODEL_CACHE_DIR: '.cache/models' } as const;

/** Settings whose value is shown to nobody. */
const SECRET: ReadonlySet<string> = new Set<SettingName>([
  'API_KEYS',
  'ANSWER_API_KEY',
  'ANSWER_MODEL_URL',
  'INDEX_URL',
]);

/** Providers whose server can be another than their own. */
const SERVED_ELSEWHERE: ReadonlySet<string> = new Set(['openai', 'ollama']);

export type SettingName = keyof typeof schema.shape;

export const SETTING_NAMES = Object.keys(schema.shape) as SettingName[];

/** The language model that writes answers. */
export interface AnswerSettings {
  /** As LangChain's `initChatModel` names it. */
  readonly provider: string;
  readonly model: string;
  /** Server of the model, where it is not the provider's own. */
  readonly url: string | undefined;
  /** Else the provider's own variable of the environment is read, but never for a server at `url`. */
  readonly apiKey: string | undefined;
  /** Longest time for one answer, repairs included, in milliseconds; never more than is left of `requestTimeoutMs`. */
  readonly timeoutMs: number;
  /** Of a million tokens, in any currency. */
  readonly prices: { readonly input: number; readonly output: number };
}

export interface Config {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Keys that clients show; open to everyone where there are none. */
  readonly apiKeys: readonly string[];
  /** Most requests of a key or an address in a minute; 0 for no limit. */
  readonly rateLimitPerMinute: number;
  /** Reverse proxies in front, each of which adds to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** Origins whose scripts may read answers, or `*`. */
  readonly corsOrigins: readonly string[];
  readonly corpusDirectory: string;
  /** Whether that is the record that comes with Paracite, because none is named and there is no `corpus/` here. */
  readonly shipped: boolean;
  readonly indexDirectory: string;
  /** Database that the index is kept in instead of the folder: postgres://user:password@host/name. */
  readonly indexUrl: string | undefined;
  readonly modelCacheDirectory: string;
  readonly embeddingModel: string;
  /** Confidence below which a question is not answered, 0 to 1; the calibrated one where undefined. */
  readonly abstainThreshold: number | undefined;
  /** Null where answers are quotations only. */
  readonly answer: AnswerSettings | null;
  /** Processes that answer requests; 0 for the one that serves. */
  readonly workers: number;
  /** Requests that may wait beside those that are being answered. */
  readonly queueLimit: number;
  /** Longest time until a request is answered or given up, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Answers and search results that are kept; 0 for none. */
  readonly cacheEntries: number;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  /** Whether the log has what is asked. */
  readonly logQuestions: boolean;
}

/**
 * @param environment variables; an empty one counts as not set
 * @param serves whether a server is about to listen, which is not to be open to a network by oversight
 * @throws ParaciteError `config` that lists every setting that is wrong
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  { serves = false }: { readonly serves?: boolean } = {},
): Config {
  const set = Object.fromEntries(
    SETTING_NAMES.flatMap((name) => (environment[name]?.trim() ? [[name, environment[name]?.trim()]] : [])),
  );
  const result = schema.safeParse(set);
  const wrong = (result.error?.issues ?? []).map(({ path: [name], message }) =>
    SECRET.has(String(name))
      ? `${String(name)}: ${message}`
      : `${String(name)}="${set[String(name)]}": ${message}`,
  );
  if (serves && isOpen(set)) {
    wrong.push(
      `HOST="${set.HOST}": other machines could ask without a key; set API_KEYS, or ALLOW_OPEN=true where that is meant`,
    );
  }
  wrong.push(...wrongModel(set, environment));
  if (!result.success || wrong.length > 0) {
    throw new ParaciteError('config', `${wrong.join('; ')}; see .env.example`);
  }
  const { data } = result;
  const shipped = data.CORPUS_DIR === undefined && !existsSync(HERE.CORPUS_DIR);
  const places = shipped ? { CORPUS_DIR: RECORD, ...userCache(environment) } : HERE;
  return {
    host: data.HOST,
    port: data.PORT,
    apiKeys: [...new Set(data.API_KEYS)],
    rateLimitPerMinute: data.RATE_LIMIT_PER_MINUTE,
    trustedProxies: data.TRUST_PROXY,
    corsOrigins: data.CORS_ORIGINS,
    corpusDirectory: data.CORPUS_DIR ?? places.CORPUS_DIR,
    shipped,
    indexDirectory: data.INDEX_DIR ?? places.INDEX_DIR,
    indexUrl: data.INDEX_URL,
    modelCacheDirectory: data.MODEL_CACHE_DIR ?? places.MODEL_CACHE_DIR,
    embeddingModel: data.EMBEDDING_MODEL,
    abstainThreshold: data.ABSTAIN_THRESHOLD,
    answer: answerSettings(data),
    workers: data.WORKERS,
    queueLimit: data.QUEUE_LIMIT,
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    cacheEntries: data.CACHE_ENTRIES,
    logLevel: data.LOG_LEVEL,
    logQuestions: data.LOG_QUESTIONS,
  };
}

function answerSettings(data: z.output<typeof schema>): AnswerSettings | null {
  if (data.ANSWER_MODEL === undefined) return null;
  const [provider = '', ...model] = data.ANSWER_MODEL.split(':');
  return {
    provider,
    model: model.join(':'),
    url: data.ANSWER_MODEL_URL,
    apiKey: data.ANSWER_API_KEY,
    timeoutMs: data.ANSWER_TIMEOUT_MS,
    prices: { input: data.ANSWER_PRICE_INPUT, output: data.ANSWER_PRICE_OUTPUT },
  };
}

/** What does not go together in the settings of the language model. */
function wrongModel(
  set: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const { ANSWER_MODEL, ANSWER_MODEL_URL, ANSWER_API_KEY, ANSWER_TIMEOUT_MS, REQUEST_TIMEOUT_MS } = set;
  if (ANSWER_MODEL === undefined) return [];
  const provider = ANSWER_MODEL.split(':')[0] ?? '';
  const wrong: string[] = [];
  if (ANSWER_MODEL_URL !== undefined && !SERVED_ELSEWHERE.has(provider)) {
    wrong.push(`ANSWER_MODEL_URL: only for models of ${[...SERVED_ELSEWHERE].join(' and ')}`);
  }
  if (provider === 'openai' && !ANSWER_MODEL_URL && !ANSWER_API_KEY && !environment.OPENAI_API_KEY?.trim()) {
    wrong.push(
      `ANSWER_MODEL="${ANSWER_MODEL}": no key; set ANSWER_API_KEY or OPENAI_API_KEY, or ANSWER_MODEL_URL for a local server`,
    );
  }
  const request = Number(REQUEST_TIMEOUT_MS ?? REQUEST_TIMEOUT_DEFAULT_MS);
  if (ANSWER_TIMEOUT_MS !== undefined && Number(ANSWER_TIMEOUT_MS) > request) {
    wrong.push(`ANSWER_TIMEOUT_MS="${ANSWER_TIMEOUT_MS}": must not be above REQUEST_TIMEOUT_MS (${request})`);
  }
  return wrong;
}

/** Whether other machines could reach the server without a key, and nobody said that they may. */
function isOpen({
  HOST = '127.0.0.1',
  API_KEYS = '',
  ALLOW_OPEN,
}: Readonly<Record<string, string | undefined>>): boolean {
  const allowed = schema.shape.ALLOW_OPEN.safeParse(ALLOW_OPEN).data === true;
  return !isLoopback(HOST) && !allowed && listOf(API_KEYS).length === 0;
}

/** Whether a host is this machine as only it sees itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

/** What stands between commas. */
function listOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export function isDatabase(value: string): boolean {
  return URL.canParse(value) && ['postgres:', 'postgresql:'].includes(new URL(value).protocol);
}

function isOrigin(value: string): boolean {
  return value === '*' || (URL.canParse(value) && new URL(value).origin === value);
}

/** A key in an address would stand in logs. */
function isPlainUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/u.test(protocol) && `${username}${password}${search}${hash}` === '';
}
