import onnxruntime, { type InferenceSession } from 'onnxruntime-node';

/** Files of a model's graphs. */
export interface Graphs {
  /** For passages, and for queries where there is no other. */
  readonly passages: string;
  /** For a single query. */
  readonly queries?: string | undefined;
}

/** The graphs of a model, ready to run. */
export interface Sessions {
  passages(): Promise<InferenceSession>;
  queries(): Promise<InferenceSession>;
  /** Afterwards none can be had. */
  dispose(): void;
}

/** @param threads that one run takes; as many as there are cores where undefined */
export function openSession(file: string, threads: number | undefined): Promise<InferenceSession> {
  // From its file: a session that is made from bytes does not heed its options.
  return onnxruntime.InferenceSession.create(file, {
    interOpNumThreads: 1,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
  });
}

/**
 * Opens what queries run in. The graph for passages waits until one comes, where it is another: what only answers has no
 * use for it.
 *
 * @param threads that one run takes; as many as there are cores where undefined
 */
export async function openSessions(graphs: Graphs, threads: number | undefined): Promise<Sessions> {
  const create = (file: string) => openSession(file, threads);
  let queries: InferenceSession | null = await create(graphs.queries ?? graphs.passages);
  let passages: Promise<InferenceSession> | null = graphs.queries ? null : Promise.resolve(queries);
  const open = () => {
    if (!queries) throw new Error('the model is closed');
    return queries;
  };
  return {
    queries: async () => open(),
    passages: async () => {
      open();
      passages ??= create(graphs.passages);
      return passages;
    },
    // The runtime frees a session with the object that stands for it.
    dispose: () => {
      queries = null;
      passages = null;
    },
  };
}
