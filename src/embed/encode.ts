import onnxruntime, { type InferenceSession, type Tensor } from 'onnxruntime-node';
import { ParaciteError } from '../errors.js';
import type { ModelProfile, Pooling, Tokenizer } from './types.js';

/** Outputs of a graph that vectors can be made of, the first that there is. */
const OUTPUTS = ['sentence_embedding', 'last_hidden_state'] as const;

/**
 * Vectors of length 1 of a batch of token ids, a row an input.
 *
 * @throws ParaciteError `model` where the graph is no encoder
 */
export async function encode(
  session: InferenceSession,
  { pad_token_id }: Pick<Tokenizer, 'pad_token_id'>,
  profile: ModelProfile,
  batch: readonly (readonly number[])[],
): Promise<Float32Array[]> {
  if (batch.length === 0) return [];
  const longest = Math.max(1, ...batch.map((ids) => ids.length));
  const ids = new BigInt64Array(batch.length * longest).fill(BigInt(pad_token_id ?? 0));
  const real = new BigInt64Array(batch.length * longest);
  for (const [row, input] of batch.entries()) {
    for (const [column, id] of input.entries()) {
      ids[row * longest + column] = BigInt(id);
      real[row * longest + column] = 1n;
    }
  }
  const shape = [batch.length, longest];
  const mask = new onnxruntime.Tensor('int64', real, shape);
  const known: Readonly<Record<string, Tensor>> = {
    input_ids: new onnxruntime.Tensor('int64', ids, shape),
    attention_mask: mask,
    token_type_ids: new onnxruntime.Tensor('int64', new BigInt64Array(ids.length), shape),
  };
  const feeds = session.inputNames.map((name) => {
    const input = known[name];
    if (!input) throw new ParaciteError('model', `the model ${profile.name} has an unknown input "${name}"`);
    return [name, input] as const;
  });
  const wanted = OUTPUTS.find((name) => session.outputNames.includes(name));
  if (!wanted) throw new ParaciteError('model', `the model ${profile.name} gives no token states`);
  const { [wanted]: output } = await session.run(Object.fromEntries(feeds), [wanted]);
  const rows = wanted === 'sentence_embedding' ? output : output && pool(output, mask, profile.pooling);
  if (!rows) throw new ParaciteError('model', `the model ${profile.name} gives no "${wanted}"`);
  const [count = 0, dimension = 0] = rows.dims;
  return Array.from({ length: count }, (_, row) =>
    normalize((rows.data as Float32Array).slice(row * dimension, (row + 1) * dimension)),
  );
}

/** [batch, sequence, dimension] to [batch, dimension]: the first token's state, or the mean over the real tokens. */
function pool(states: Tensor, mask: Tensor, pooling: Pooling): Tensor {
  const [batch = 0, sequence = 0, dimension = 0] = states.dims as number[];
  const data = states.data as Float32Array;
  const masks = mask.data as BigInt64Array;
  const pooled = new Float32Array(batch * dimension);
  for (let row = 0; row < batch; row += 1) {
    const tokens = pooling === 'cls' ? 1 : sequence;
    let count = 0;
    for (let token = 0; token < tokens; token += 1) {
      if (masks[row * sequence + token] === 0n) continue;
      count += 1;
      const from = (row * sequence + token) * dimension;
      for (let i = 0; i < dimension; i += 1) {
        pooled[row * dimension + i] = (pooled[row * dimension + i] ?? 0) + (data[from + i] ?? 0);
      }
    }
    for (let i = 0; i < dimension; i += 1) {
      pooled[row * dimension + i] = (pooled[row * dimension + i] ?? 0) / Math.max(count, 1);
    }
  }
  return new onnxruntime.Tensor('float32', pooled, [batch, dimension]);
}

function normalize(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return vector.map((value) => value / length);
}
