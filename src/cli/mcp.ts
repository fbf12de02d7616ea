import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CancelledNotificationSchema, isJSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import { pino } from 'pino';
import type { Config } from '../config.js';
import { describeProblem } from '../corpus/index.js';
import { openWriter, written } from '../generate/index.js';
import { mcpServer } from '../http/mcp/index.js';
import { inProcess } from '../response/index.js';
import { Service } from '../service.js';

/** Standard error: standard output is the protocol's. */
const STDERR = 2;

/**
 * `paracite mcp`: the Model Context Protocol over standard input and output, until the input ends. It says what it can do at once; what
 * needs the index waits until that is open, or built.
 */
export async function mcpCommand(config: Config): Promise<number> {
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: STDERR, sync: true }));
  const writer = await openWriter(config, {
    onFallback: ({ reason, status }) =>
      log.warn({ reason, status }, 'no answer of the model; quotations instead'),
  });
  const opening = Service.open(config, {
    onProblem: (problem) => log.warn(`document left out: ${describeProblem(problem)}`),
    onRebuild: ({ reason: why, detail }) => log.info({ why, detail }, 'building the index'),
  });
  const responding = opening.then((service) => written(inProcess(service), writer));
  responding.then(
    ({ identity }) => log.info({ index: identity }, 'ready'),
    // Told below, and to whoever asks meanwhile.
    () => undefined,
  );
  const server = mcpServer({
    responder: () => responding,
    onError: (error) => log.error({ err: error }, 'request failed'),
    onCall: ({ question, ...call }) =>
      log.info({ ...call, ...(config.logQuestions && question !== null && { question }) }, 'request'),
  });
  // Not what it says: that could be a question.
  server.onerror = () => log.warn('a message could not be read');
  const transport = new StdioServerTransport();
  await server.connect(transport);
  const answered = whenAnswered(transport);
  const stopped = new Promise<void>((resolve) => {
    // Whoever pipes requests in still gets the answers to all of them.
    process.stdin.once('end', () => void answered().then(resolve));
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  try {
    await Promise.race([stopped, opening.then(() => stopped)]);
  } finally {
    await server.close();
    await opening.then((service) => service.close()).catch(() => undefined);
  }
  return 0;
}

/** Makes a transport count its requests. @returns waits until every request that came has its answer */
function whenAnswered(transport: StdioServerTransport): () => Promise<void> {
  const open = new Set<string | number>();
  let onIdle: () => void = () => undefined;
  const { onmessage } = transport;
  const send = transport.send.bind(transport);
  transport.onmessage = (message) => {
    if (isJSONRPCRequest(message)) open.add(message.id);
    // What was called off gets no answer.
    const cancelled = CancelledNotificationSchema.safeParse(message).data?.params.requestId;
    if (cancelled !== undefined) open.delete(cancelled);
    onmessage?.(message);
  };
  transport.send = async (message) => {
    await send(message);
    if ('id' in message && !('method' in message) && message.id !== undefined) open.delete(message.id);
    if (open.size === 0) onIdle();
  };
  return () =>
    new Promise((resolve) => {
      onIdle = resolve;
      if (open.size === 0) resolve();
    });
}
