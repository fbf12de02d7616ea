import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf, ParaciteError } from '../errors.js';
import { BUNDLED, bundledModel } from './bundled.js';
import { cutByWord } from './by-word.js';
import { encode } from './encode.js';
import { type Graphs, openSessions } from './sessions.js';
import type { ModelProfile, Pooling, Progress, Tokenizer } from './types.js';

/**
 * What models' own files do not say: what their authors put before a question and a passage, and how they pool.
 * Matched on the last part of the name. From the model cards.
 */
const CONVENTIONS: readonly {
  readonly name: RegExp;
  readonly pooling?: Pooling;
  readonly query: string;
  readonly passage: string;
}[] = [
  { name: /^multilingual-e5-|^e5-/, pooling: 'mean', query: 'query: ', passage: 'passage: ' },
  {
    name: /^bge-.*-en/,
    pooling: 'cls',
    query: 'Represent this sentence for searching relevant passages: ',
    passage: '',
  },
  { name: /^gte-/, pooling: 'mean', query: '', passage: '' },
  { name: /^all-|^paraphrase-/, pooling: 'mean', query: '', passage: '' },
  { name: /^nomic-embed-/, pooling: 'mean', query: 'search_query: ', passage: 'search_document: ' },
];

/** Names of a model's graph by the convention of Transformers.js. */
const EXACT = 'onnx/model.onnx';
const QUANTIZED = 'onnx/model_quantized.onnx';

/** Token limit of a model whose files name none or an absurd one. */
const DEFAULT_MAX_TOKENS = 512;

export interface ModelOptions {
  /** `bundled`, a name on the model hub, or the path of a folder with `onnx/` in it. */
  readonly name: string;
  readonly cacheDirectory: string;
  /**
   * Threads that encode together; as many as there are cores where undefined. Between two texts they spin, so several
   * encoders on one machine take one each.
   */
  readonly threads?: number;
  readonly progress?: Progress;
}

export interface LoadedModel {
  readonly profile: ModelProfile;
  readonly tokenizer: Tokenizer;
  /** File of the graph for passages. */
  readonly graph: string;
  /** Token ids of a text, special tokens included, cut at `maxTokens`. */
  tokenize(text: string): readonly number[];
  /** Vectors of length 1 of passages, a row an input. */
  encode(inputs: readonly (readonly number[])[]): Promise<Float32Array[]>;
  /** The vector of length 1 of a query, which may be computed more cheaply than that of a passage. */
  encodeQuery(input: readonly number[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

interface Location {
  readonly id: string;
  readonly local: boolean;
  /** Seen from the model's folder. */
  readonly graphs: Graphs;
  readonly sha256: string | null;
}

/**
 * Loads an encoder.
 *
 * @throws ParaciteError `model` with the way back to the bundled encoder
 */
export async function loadModel(options: ModelOptions): Promise<LoadedModel> {
  const progress = options.progress ?? (() => undefined);
  try {
    const location = await locate(options, progress);
    // Here and not above: a process that loads no encoder has no use for a fifth of a second and 40 MB.
    const { AutoConfig, AutoTokenizer, env, getModelFile } = await import('../vendor/transformers.js');
    env.cacheDir = options.cacheDirectory;
    env.allowRemoteModels = !location.local;
    env.localModelPath = location.local ? path.dirname(path.resolve(location.id)) : options.cacheDirectory;
    const id = location.local ? path.basename(location.id) : location.id;
    const shared = {
      local_files_only: location.local,
      progress_callback: (event: { status: string; file?: string; loaded?: number; total?: number }) => {
        if (event.status === 'progress' && !location.local) {
          progress(`downloading ${event.file ?? id}`, event.loaded ?? 0, event.total ?? 0);
        }
      },
    };
    const [tokenizer, config] = await Promise.all([
      AutoTokenizer.from_pretrained(id, shared),
      AutoConfig.from_pretrained(id, shared),
    ]);
    const folder = location.local ? path.resolve(location.id) : path.join(options.cacheDirectory, id);
    const graph = path.join(folder, location.graphs.passages);
    if (!location.local && !(await exists(graph))) await getModelFile(id, QUANTIZED, true, shared);
    const { queries } = location.graphs;
    const sessions = await openSessions(
      { passages: graph, queries: queries && path.join(folder, queries) },
      options.threads,
    );
    const profile = await profileOf(
      options.name,
      location,
      { folder, graph },
      tokenizer,
      config as ModelConfig,
    );
    tokenizer.model_max_length = profile.maxTokens;
    cutByWord(tokenizer);
    return {
      profile,
      tokenizer,
      graph,
      tokenize: (text) => tokenize(tokenizer, profile, text),
      encode: async (inputs) => encode(await sessions.passages(), tokenizer, profile, inputs),
      encodeQuery: async (input) => {
        const [vector] = await encode(await sessions.queries(), tokenizer, profile, [input]);
        return vector ?? new Float32Array();
      },
      dispose: async () => sessions.dispose(),
    };
  } catch (cause) {
    if (options.name === BUNDLED && cause instanceof ParaciteError) throw cause;
    throw new ParaciteError(
      'model',
      `the embedding model "${options.name}" cannot be loaded: ${messageOf(cause)}; ` +
        (options.name === BUNDLED
          ? `remove ${path.join(options.cacheDirectory, BUNDLED)} and run npm ci`
          : 'unset EMBEDDING_MODEL to go back to the bundled encoder'),
      { cause },
    );
  }
}

async function locate(options: ModelOptions, progress: Progress): Promise<Location> {
  if (options.name === BUNDLED) {
    const { parent, folder, graphs, sha256 } = await bundledModel(options.cacheDirectory, progress);
    return { id: path.join(parent, folder), local: true, graphs, sha256 };
  }
  const local = await exists(path.join(options.name, 'config.json'));
  const quantized = !local || (await exists(path.join(options.name, QUANTIZED)));
  return { id: options.name, local, graphs: { passages: quantized ? QUANTIZED : EXACT }, sha256: null };
}

interface ModelConfig {
  readonly hidden_size?: number;
  readonly dim?: number;
  readonly max_position_embeddings?: number;
}

async function profileOf(
  name: string,
  location: Location,
  { folder, graph }: { readonly folder: string; readonly graph: string },
  tokenizer: Tokenizer,
  config: ModelConfig,
): Promise<ModelProfile> {
  const convention = CONVENTIONS.find((entry) => entry.name.test(path.basename(name)));
  const limits = [tokenizer.model_max_length, config.max_position_embeddings].filter(
    (limit): limit is number => typeof limit === 'number' && limit > 0 && limit < 1e6,
  );
  const pooling = name === BUNDLED ? 'output' : ((await poolingOf(folder)) ?? convention?.pooling ?? 'mean');
  const profile = {
    name,
    dimension: config.hidden_size ?? config.dim ?? 0,
    maxTokens: limits.length > 0 ? Math.min(...limits) : DEFAULT_MAX_TOKENS,
    pooling,
    queryPrefix: convention?.query ?? '',
    passagePrefix: convention?.passage ?? '',
  };
  const { name: _, ...decisive } = profile;
  const identity = createHash('sha256')
    .update(location.sha256 ?? (await sha256Of(graph)))
    .update(await sha256Of(path.join(folder, 'tokenizer.json')))
    .update(JSON.stringify(decisive))
    .digest('hex');
  return { ...profile, identity: `${path.basename(name)}@${identity.slice(0, 16)}` };
}

/** What sentence-transformers wrote beside the model, where it did. */
async function poolingOf(folder: string): Promise<Pooling | undefined> {
  const text = await readFile(path.join(folder, '1_Pooling', 'config.json'), 'utf8').catch(() => null);
  if (text === null) return undefined;
  const config = JSON.parse(text) as { pooling_mode_cls_token?: boolean; pooling_mode_mean_tokens?: boolean };
  if (config.pooling_mode_cls_token) return 'cls';
  return config.pooling_mode_mean_tokens ? 'mean' : undefined;
}

function tokenize(tokenizer: Tokenizer, profile: ModelProfile, text: string): readonly number[] {
  const ids = tokenizer.encode(text);
  if (ids.length <= profile.maxTokens) return ids;
  // Only the tokenizer knows which special tokens must stay at the end of what is cut.
  return tokenizer(text, { truncation: true, return_tensor: false }).input_ids;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
