import { McpError } from '@modelcontextprotocol/sdk/types.js';

/** Addresses of resources: what `/v1/documents` has, under a scheme that needs no server. */
const ROOT = 'paracite://documents/';

/** Code of a resource that does not exist (Model Context Protocol, Server features, Resources). */
const RESOURCE_NOT_FOUND = -32002;

export const TEMPLATES = {
  document: `${ROOT}{document}`,
  source: `${ROOT}{document}/source`,
  paragraph: `${ROOT}{document}/paragraphs/{paragraph}`,
} as const;

/** What an address names; `paragraph` is its number as text, or "front-matter". */
export type Addressed =
  | { readonly kind: 'document' | 'source'; readonly document: string }
  | { readonly kind: 'paragraph'; readonly document: string; readonly paragraph: string };

export function documentAddress(document: string): string {
  return ROOT + document;
}

export function sourceAddress(document: string): string {
  return `${ROOT}${document}/source`;
}

/** @param key number of the paragraph, or "front-matter" */
export function paragraphAddress(document: string, key: string): string {
  return `${ROOT}${document}/paragraphs/${key}`;
}

/** @throws McpError where the address is none of ours */
export function addressed(uri: string): Addressed {
  const [, document, source, paragraph] =
    /^paracite:\/\/documents\/([^/?#]+)(?:\/(source)|\/paragraphs\/([^/?#]+))?$/u.exec(uri) ?? [];
  if (document === undefined) {
    throw noResource(uri, `addresses are like ${TEMPLATES.paragraph}; resources/list names the documents`);
  }
  if (paragraph !== undefined) return { kind: 'paragraph', document, paragraph };
  return { kind: source === undefined ? 'document' : 'source', document };
}

export function noResource(uri: string, advice: string): McpError {
  return new McpError(RESOURCE_NOT_FOUND, `no resource ${uri.slice(0, 200)}; ${advice}`, {
    uri: uri.slice(0, 200),
  });
}
