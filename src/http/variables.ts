/** What middlewares and routes tell each other about a request; `requestId` comes from Hono's own. */
declare module 'hono' {
  interface ContextVariableMap {
    /** What is asked, for the log where the settings allow it. */
    question: string;
    /** Name of the key that was shown. */
    client: string | null;
    address: string;
  }
}

export {};
