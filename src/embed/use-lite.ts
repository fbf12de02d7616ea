import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { OnnxGraph } from './onnx-graph.js';

/** Universal Sentence Encoder lite (Google, Apache-2.0), as its TensorFlow.js graph defines it. */
export const USE_LITE = { dimension: 512, maxTokens: 128, heads: 4, reservedPieces: 6 } as const;

const ROOT = 'KonaTransformer/Encode/';
const LAYER_NORM_EPSILON = 1e-6;
const PADDING_BIAS = -1e9;
const TINY = 1e-12;
/**
 * Codes of weights: from 1 to 255 around 128. Unsigned, because without VNNI a processor adds two products of unsigned and
 * signed codes in 16 bits and may cut the sum off: a question would not get the same vector on every machine.
 */
const CODES = { zero: 128, largest: 127 } as const;

interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
}

interface TensorflowManifest {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightEntry[];
  }[];
}

export interface Weights {
  /** The weight whose name ends with `suffix`. */
  get(suffix: string): Float32Array;
}

/** Reads the weight shards of a TensorFlow.js graph model: float32 and int32 values, one after another. */
export async function readWeights(directory: string): Promise<Weights> {
  const manifest = JSON.parse(
    await readFile(path.join(directory, 'model.json'), 'utf8'),
  ) as TensorflowManifest;
  const weights = new Map<string, Float32Array>();
  for (const group of manifest.weightsManifest) {
    const shards = await Promise.all(group.paths.map((name) => readFile(path.join(directory, name))));
    const bytes = new Uint8Array(Buffer.concat(shards));
    let offset = 0;
    for (const { name, shape } of group.weights) {
      const length = shape.reduce((product, size) => product * size, 1);
      weights.set(name, new Float32Array(bytes.buffer, offset, length));
      offset += length * Float32Array.BYTES_PER_ELEMENT;
    }
  }
  return {
    get: (suffix) => {
      const found = [...weights].filter(([name]) => name.endsWith(suffix));
      const values = found[0]?.[1];
      if (found.length !== 1 || !values) throw new Error(`${found.length} weights end with ${suffix}`);
      return values;
    },
  };
}

/** How the products with the encoder's matrices are computed: exactly, or with 8-bit integers. */
export type Precision = 'float' | 'int8';

/**
 * The encoder as an ONNX model. Inputs `input_ids` and `attention_mask`, int64 [batch, sequence]; outputs
 * `sentence_embedding` [batch, 512] of length 1 and `token_states` [batch, sequence, 512].
 *
 * Two pre-norm transformer layers over `2 * embedding + timing` (the embedding enters twice), the mean over the real
 * tokens, then a tanh layer and L2 normalisation.
 *
 * In `int8` the scale of what goes into a product depends on all that is encoded with it: for one text at a time.
 */
export function exportGraph(weights: Weights, precision: Precision): Uint8Array {
  const graph = new OnnxGraph();
  const linear = precision === 'float' ? exactly : inBytes;
  const { dimension, heads } = USE_LITE;
  const at = (name: string) => weights.get(name);

  const mask = graph.node('Cast', 'mask', ['attention_mask'], { to: 1 });
  const paddingMask = graph.node('Unsqueeze', 'mask_heads', [mask, graph.integers('axes_1_2', [1, 2])]);
  graph.floats('one', [], Float32Array.of(1));
  const padding = graph.node('Sub', 'padding', ['one', paddingMask]);
  const bias = graph.node('Mul', 'padding_bias', [
    padding,
    graph.floats('padding_value', [], Float32Array.of(PADDING_BIAS)),
  ]);

  graph.floats('embeddings', [8002, 256], at('module/Embeddings_en'));
  const embedded = graph.node('Gather', 'embedded', ['embeddings', 'input_ids'], { axis: 0 });
  const twice = graph.node('Add', 'embedded_twice', [embedded, embedded]);
  let states = graph.node('Add', 'layer_0_input', [twice, timing(graph, at('TimingSignal/ExpandDims_1'))]);

  let width = 256;
  for (const layer of [0, 1]) {
    const normed = layerNorm(graph, `layer_${layer}_attention_norm`, states, width, {
      scale: at(
        `${ROOT}Layer_${layer}/TransformerLayer/layer_prepostprocess/layer_norm/layer_norm_scale/ConcatPartitions/concat`,
      ),
      bias: at(
        `${ROOT}Layer_${layer}/TransformerLayer/layer_prepostprocess/layer_norm/layer_norm_bias/ConcatPartitions/concat`,
      ),
    });
    const attended = attention(
      graph,
      linear,
      `layer_${layer}_attention`,
      normed,
      bias,
      { width, heads },
      {
        qkv: at(`Layer_${layer}/TransformerLayer/MultiheadAttention/qkv_transform_single/kernel/part_0`),
        qkvBias: at(
          `Layer_${layer}/TransformerLayer/MultiheadAttention/qkv_transform_single/bias/ConcatPartitions/concat`,
        ),
        out: at(`Layer_${layer}/TransformerLayer/MultiheadAttention/output_transform_single/kernel/part_0`),
        outBias: at(
          `Layer_${layer}/TransformerLayer/MultiheadAttention/output_transform_single/bias/ConcatPartitions/concat`,
        ),
      },
    );
    // Layer 0 is narrower inside than out, so what goes around it is projected; layer 1 needs nothing.
    const residual =
      width === dimension
        ? states
        : linear(graph, `layer_${layer}_residual`, states, [width, dimension], {
            kernel: at(`Layer_${layer}/TransformerLayer/dense/kernel/ConcatPartitions/concat`),
            bias: at(`Layer_${layer}/TransformerLayer/dense/bias/ConcatPartitions/concat`),
          });
    states = graph.node('Add', `layer_${layer}_attended`, [residual, attended]);
    width = dimension;
    const ffn = layerNorm(graph, `layer_${layer}_ffn_norm`, states, width, {
      scale: at(
        `Layer_${layer}/TransformerLayer/FFN/layer_prepostprocess/layer_norm/layer_norm_scale/ConcatPartitions/concat`,
      ),
      bias: at(
        `Layer_${layer}/TransformerLayer/FFN/layer_prepostprocess/layer_norm/layer_norm_bias/ConcatPartitions/concat`,
      ),
    });
    const inner = linear(graph, `layer_${layer}_ffn_1`, ffn, [dimension, 1536], {
      kernel: at(`Layer_${layer}/TransformerLayer/FFN/conv1/Tensordot/Reshape_1`),
      bias: at(`Layer_${layer}/TransformerLayer/FFN/conv1/bias/ConcatPartitions/concat`),
    });
    const active = graph.node('Relu', `layer_${layer}_relu`, [inner]);
    const outer = linear(graph, `layer_${layer}_ffn_2`, active, [1536, dimension], {
      kernel: at(`Layer_${layer}/TransformerLayer/FFN/conv2/Tensordot/Reshape_1`),
      bias: at(`Layer_${layer}/TransformerLayer/FFN/conv2/bias/ConcatPartitions/concat`),
    });
    states = graph.node('Add', layer === 1 ? 'token_states' : `layer_${layer}_output`, [states, outer]);
  }

  const pooled = meanOverTokens(graph, states, mask);
  const hidden = linear(graph, 'hidden', pooled, [dimension, dimension], {
    kernel: at('hidden_layers/tanh_layer_0/weights'),
    bias: at('hidden_layers/tanh_layer_0/bias'),
  });
  const squashed = graph.node('Tanh', 'squashed', [hidden]);
  graph.node('LpNormalization', 'sentence_embedding', [squashed], { axis: 1, p: 2 });

  return graph.encode(
    { input_ids: ['batch', 'sequence'], attention_mask: ['batch', 'sequence'] },
    { sentence_embedding: ['batch', dimension], token_states: ['batch', 'sequence', dimension] },
  );
}

/** `concat(sin(p * t), cos(p * t))` for every position p and timescale t: [sequence, 256]. */
function timing(graph: OnnxGraph, timescales: Float32Array): string {
  const shape = graph.node('Shape', 'input_shape', ['input_ids']);
  const length = graph.node('Gather', 'sequence_length', [shape, graph.integers('index_1', [1], [])], {
    axis: 0,
  });
  const positions = graph.node('Range', 'positions', [
    graph.integers('zero', [0], []),
    length,
    graph.integers('step', [1], []),
  ]);
  const floats = graph.node('Cast', 'positions_float', [positions], { to: 1 });
  const column = graph.node('Unsqueeze', 'positions_column', [floats, graph.integers('axis_1', [1])]);
  const angles = graph.node('Mul', 'angles', [
    column,
    graph.floats('timescales', [1, timescales.length], timescales),
  ]);
  const sines = graph.node('Sin', 'sines', [angles]);
  const cosines = graph.node('Cos', 'cosines', [angles]);
  return graph.node('Concat', 'timing', [sines, cosines], { axis: 1 });
}

function layerNorm(
  graph: OnnxGraph,
  name: string,
  input: string,
  width: number,
  weights: { readonly scale: Float32Array; readonly bias: Float32Array },
): string {
  const scale = graph.floats(`${name}_scale`, [width], weights.scale);
  const bias = graph.floats(`${name}_bias`, [width], weights.bias);
  return graph.node('LayerNormalization', name, [input, scale, bias], {
    axis: -1,
    epsilon: LAYER_NORM_EPSILON,
  });
}

/** `input * kernel + bias`, with a kernel of `shape`. */
type Linear = (
  graph: OnnxGraph,
  name: string,
  input: string,
  shape: readonly [number, number],
  weights: { readonly kernel: Float32Array; readonly bias: Float32Array },
) => string;

const exactly: Linear = (graph, name, input, shape, weights) => {
  const kernel = graph.floats(`${name}_kernel`, shape, weights.kernel);
  const bias = graph.floats(`${name}_bias`, [shape[1]], weights.bias);
  return graph.node('Add', name, [graph.node('MatMul', `${name}_product`, [input, kernel]), bias]);
};

/** With a scale for every column of the kernel, and one for the input as it comes (ONNX DynamicQuantizeLinear). */
const inBytes: Linear = (graph, name, input, shape, weights) => {
  const { codes, scales } = columnsInBytes(weights.kernel, shape);
  const kernel = graph.bytes(`${name}_codes`, shape, codes);
  const zero = graph.bytes(`${name}_codes_zero`, [], Uint8Array.of(CODES.zero));
  const parts = [`${name}_input`, `${name}_input_scale`, `${name}_input_zero`] as const;
  graph.node('DynamicQuantizeLinear', `${name}_quantized`, [input], {}, parts);
  const product = graph.node('MatMulInteger', `${name}_product`, [parts[0], kernel, parts[2], zero]);
  const floats = graph.node('Cast', `${name}_floats`, [product], { to: 1 });
  const scale = graph.node('Mul', `${name}_scale`, [
    parts[1],
    graph.floats(`${name}_column_scales`, [shape[1]], scales),
  ]);
  const scaled = graph.node('Mul', `${name}_scaled`, [floats, scale]);
  return graph.node('Add', name, [scaled, graph.floats(`${name}_bias`, [shape[1]], weights.bias)]);
};

/** Codes of a row-major [rows, columns] matrix, with the scale of each column. */
function columnsInBytes(
  values: Float32Array,
  [rows, columns]: readonly [number, number],
): { readonly codes: Uint8Array; readonly scales: Float32Array } {
  const scales = new Float32Array(columns);
  for (const [i, value] of values.entries()) {
    const column = i % columns;
    scales[column] = Math.max(scales[column] ?? 0, Math.abs(value) / CODES.largest);
  }
  const codes = new Uint8Array(rows * columns);
  for (const [i, value] of values.entries()) {
    codes[i] = CODES.zero + Math.round(value / (scales[i % columns] || 1));
  }
  return { codes, scales };
}

function attention(
  graph: OnnxGraph,
  linear: Linear,
  name: string,
  input: string,
  bias: string,
  { width, heads }: { readonly width: number; readonly heads: number },
  weights: Readonly<Record<'qkv' | 'qkvBias' | 'out' | 'outBias', Float32Array>>,
): string {
  const size = width / heads;
  const qkv = linear(graph, `${name}_qkv`, input, [width, 3 * width], {
    kernel: weights.qkv,
    bias: weights.qkvBias,
  });
  const parts = ['q', 'k', 'v'].map((part) => `${name}_${part}`);
  graph.node('Split', `${name}_split`, [qkv], { axis: 2 }, parts);
  const shape = graph.integers(`${name}_shape`, [0, 0, heads, size]);
  const [query, key, value] = parts.map((part, index) => {
    const split = graph.node('Reshape', `${part}_heads`, [part, shape]);
    return graph.node('Transpose', `${part}_major`, [split], {
      perm: index === 1 ? [0, 2, 3, 1] : [0, 2, 1, 3],
    });
  }) as [string, string, string];
  const scaled = graph.node('Mul', `${name}_scaled`, [
    query,
    graph.floats(`${name}_scale`, [], Float32Array.of(1 / Math.sqrt(size))),
  ]);
  const scores = graph.node('MatMul', `${name}_scores`, [scaled, key]);
  const masked = graph.node('Add', `${name}_masked`, [scores, bias]);
  const attended = graph.node('Softmax', `${name}_weights`, [masked], { axis: -1 });
  const context = graph.node('MatMul', `${name}_context`, [attended, value]);
  const back = graph.node('Transpose', `${name}_back`, [context], { perm: [0, 2, 1, 3] });
  const joined = graph.node('Reshape', `${name}_joined`, [
    back,
    graph.integers(`${name}_width`, [0, 0, width]),
  ]);
  return linear(graph, `${name}_out`, joined, [width, USE_LITE.dimension], {
    kernel: weights.out,
    bias: weights.outBias,
  });
}

function meanOverTokens(graph: OnnxGraph, states: string, mask: string): string {
  const columns = graph.node('Unsqueeze', 'mask_column', [mask, graph.integers('axis_2', [2])]);
  const real = graph.node('Mul', 'real_states', [states, columns]);
  const axis = graph.integers('axis_sequence', [1]);
  const sum = graph.node('ReduceSum', 'state_sum', [real, axis], { keepdims: 0 });
  const count = graph.node('ReduceSum', 'token_count', [mask, graph.integers('axis_tokens', [1])], {
    keepdims: 1,
  });
  const atLeast = graph.node('Max', 'token_count_safe', [
    count,
    graph.floats('tiny', [], Float32Array.of(TINY)),
  ]);
  return graph.node('Div', 'mean_state', [sum, atLeast]);
}

/** `tokenizer.json` in the Hugging Face format: Unigram over the vocabulary's scores. */
export function exportTokenizer(vocabulary: readonly (readonly [string, number])[]): object {
  const scores = vocabulary.map(([, score]) => score);
  const lowest = scores.reduce((least, score) => Math.min(least, score), 0);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'NFKC' },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'first' },
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true },
    model: {
      type: 'Unigram',
      unk_id: 0,
      // Reserved pieces must never be chosen; the first is the unknown token.
      vocab: vocabulary.map(([piece, score], index) => [
        index === 0 ? '<unk>' : piece,
        index < USE_LITE.reservedPieces ? lowest - 100 : score,
      ]),
    },
  };
}
