import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  CompleteRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { Responder } from '../../response/index.js';
import { INTERFACE_VERSION } from '../contract/index.js';
import { adviceOf } from '../problems.js';
import { since } from '../took.js';
import { complete, listResources, listTemplates, readResource } from './resources.js';
import { TOOLS } from './tools.js';

/** A call of a tool, once it is over. */
export interface ToolCall {
  readonly tool: string;
  /** What was asked, where the tool takes a question. */
  readonly question: string | null;
  readonly failed: boolean;
  readonly tookMs: number;
}

export interface McpOptions {
  /** What answers. @throws ParaciteError `not_ready` while nothing does */
  readonly responder: () => Promise<Responder>;
  /** Told of errors that are no client's fault. */
  readonly onError: (error: unknown) => void;
  readonly onCall?: (call: ToolCall) => void;
}

const INSTRUCTIONS =
  'Official meeting records, quoted verbatim by paragraph. Ask a question with `ask` and keep its quotations word for word, each with its paragraph; where it says that the record does not answer, say that and do not fill in. Look around with `search` and `read_paragraph`. Check every quotation in what you write with `verify` or `verify_draft` before you show it.';

/** It is made for elicitation, which is not used here; one is enough for all servers. */
const validator = new AjvJsonSchemaValidator();

/**
 * The record for assistants: tools and resources of the Model Context Protocol, for any transport. It keeps nothing between requests,
 * so a server may be made for each.
 */
export function mcpServer({ responder, onError, onCall = () => undefined }: McpOptions): Server {
  const server = new Server(
    { name: 'paracite', title: 'Paracite', version: INTERFACE_VERSION },
    {
      capabilities: { tools: {}, resources: {}, completions: {} },
      instructions: INSTRUCTIONS,
      jsonSchemaValidator: validator,
    },
  );
  /** Documents, or an error of the protocol: resources have no other way to say that something went wrong. */
  const documents = async () => {
    try {
      return (await responder()).documents;
    } catch (error) {
      throw new McpError(ErrorCode.InternalError, adviceOf(error, onError));
    }
  };

  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [...TOOLS.values()].map(({ description }) => description),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }): Promise<CallToolResult> => {
    const tool = TOOLS.get(params.name);
    if (!tool) {
      throw new McpError(
        ErrorCode.InvalidParams,
        `no tool "${params.name.slice(0, 100)}"; there is ${[...TOOLS.keys()].join(', ')}`,
      );
    }
    const started = performance.now();
    let question: string | null = null;
    let failed = true;
    try {
      const result = await tool.call(params.arguments ?? {}, {
        responder,
        signal,
        onQuestion: (asked) => {
          question = asked;
        },
      });
      failed = false;
      return result;
    } catch (error) {
      // Who has gone hears nothing, and it is nobody's fault.
      const text = signal.aborted ? 'cancelled' : adviceOf(error, onError);
      return { content: [{ type: 'text', text }], isError: true };
    } finally {
      onCall({ tool: params.name, question, failed, tookMs: since(started) });
    }
  });
  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }) =>
    listResources(await documents(), params?.cursor),
  );
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => listTemplates());
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }) =>
    readResource(await documents(), params.uri),
  );
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { argument, context } }) =>
    complete(await documents(), { ...argument, document: context?.arguments?.document }),
  );
  return server;
}
