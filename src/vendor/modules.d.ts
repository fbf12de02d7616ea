/** Types of the modules of Transformers.js, which come only for the whole. */
interface FromPretrained {
  readonly local_files_only: boolean;
  readonly progress_callback: (event: {
    readonly status: string;
    readonly file?: string;
    readonly loaded?: number;
    readonly total?: number;
  }) => void;
}

declare module '@xenova/transformers/src/configs.js' {
  export const AutoConfig: {
    from_pretrained(id: string, options: FromPretrained): Promise<Readonly<Record<string, unknown>>>;
  };
}

declare module '@xenova/transformers/src/env.js' {
  export const env: { cacheDir: string; allowRemoteModels: boolean; localModelPath: string };
}

declare module '@xenova/transformers/src/tokenizers.js' {
  export const AutoTokenizer: {
    from_pretrained(id: string, options: FromPretrained): Promise<import('../embed/types.js').Tokenizer>;
  };
}

declare module '@xenova/transformers/src/utils/hub.js' {
  /** Bytes of a file of a model, downloaded into the cache where they are not there. */
  export function getModelFile(
    id: string,
    file: string,
    fatal: boolean,
    options: FromPretrained,
  ): Promise<Uint8Array>;
}
