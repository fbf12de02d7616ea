import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { ROOT } from './fixtures.js';
import { SETTINGS } from './service.js';

/** What a program in another process is started with, by the official client. */
export function overStdio(settings: Readonly<Record<string, string>> = {}): StdioClientTransport {
  return new StdioClientTransport({
    command: process.execPath,
    args: [path.join(ROOT, 'dist/cli/main.js'), 'mcp'],
    env: { PATH: process.env.PATH ?? '', ...SETTINGS, ...settings },
    cwd: ROOT,
    stderr: 'pipe',
  });
}

export function overHttp(url: string, headers: Readonly<Record<string, string>> = {}) {
  return new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } });
}

/** The official client, connected. It checks every structured result against the schema of its tool. */
export async function connected(transport: StdioClientTransport | StreamableHTTPClientTransport) {
  const client = new Client({ name: 'paracite-test', version: '1.0.0' });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  await client.listTools();
  return client;
}

/** An index may have to be built first, on a busy machine. */
const LONGEST_CALL_MS = 170_000;

export async function call(
  client: Client,
  name: string,
  given: Readonly<Record<string, unknown>>,
): Promise<{
  readonly text: string;
  readonly body: unknown;
  readonly failed: boolean;
  readonly links: string[];
}> {
  const result = (await client.callTool({ name, arguments: given }, undefined, {
    timeout: LONGEST_CALL_MS,
  })) as CallToolResult;
  const [first] = result.content;
  if (first?.type !== 'text') throw new Error('a result begins with text');
  return {
    text: first.text,
    body: result.structuredContent,
    failed: result.isError === true,
    links: result.content.flatMap((block) => (block.type === 'resource_link' ? [block.uri] : [])),
  };
}
