/** The part of Transformers.js that is used: its tokenizers and its way to the model hub. Models are run by onnxruntime itself. */
export { AutoConfig } from '@xenova/transformers/src/configs.js';
export { env } from '@xenova/transformers/src/env.js';
export { AutoTokenizer } from '@xenova/transformers/src/tokenizers.js';
export { getModelFile } from '@xenova/transformers/src/utils/hub.js';
