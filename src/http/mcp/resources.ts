import {
  type CompleteResult,
  ErrorCode,
  type ListResourcesResult,
  type ListResourceTemplatesResult,
  McpError,
  type ReadResourceResult,
} from '@modelcontextprotocol/sdk/types.js';
import type { RecordDocument } from '../../corpus/index.js';
import { documentDetailView, keyOf, paragraphView } from '../../response/index.js';
import { findDocument, findParagraph } from '../find.js';
import { addressed, documentAddress, noResource, sourceAddress, TEMPLATES } from './addresses.js';

type Documents = readonly RecordDocument[];

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain';
/** Documents on a page of the list. */
const PAGE = 100;
/** Most values that a completion has, by the protocol. */
const MAX_COMPLETIONS = 100;

/** Each document twice: as outline and as text. @param cursor position that an earlier page ended at */
export function listResources(documents: Documents, cursor: string | undefined): ListResourcesResult {
  const from = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(from) || from < 0 || from > documents.length) {
    throw new McpError(ErrorCode.InvalidParams, 'the cursor is none of ours; begin again without one');
  }
  const resources = documents.slice(from, from + PAGE).flatMap(({ metadata, source, paragraphs }) => [
    {
      uri: documentAddress(metadata.id),
      name: metadata.id,
      title: metadata.title,
      description: `Metadata and outline of ${paragraphs.length} paragraphs, dated ${metadata.date}.`,
      mimeType: JSON_TYPE,
    },
    {
      uri: sourceAddress(metadata.id),
      name: `${metadata.id}.txt`,
      title: `${metadata.title}: the text as it is`,
      description: 'The file that every span of a quotation points into.',
      mimeType: TEXT_TYPE,
      size: Buffer.byteLength(source),
    },
  ]);
  const next = from + PAGE;
  return { resources, ...(next < documents.length && { nextCursor: String(next) }) };
}

export function listTemplates(): ListResourceTemplatesResult {
  const resourceTemplates = [
    {
      uriTemplate: TEMPLATES.paragraph,
      name: 'paragraph',
      title: 'A paragraph',
      description:
        'Text, bullets and footnotes of one paragraph with their spans, by number or "front-matter".',
      mimeType: JSON_TYPE,
    },
    {
      uriTemplate: TEMPLATES.document,
      name: 'document',
      title: 'A document',
      description: 'Metadata and outline.',
      mimeType: JSON_TYPE,
    },
    {
      uriTemplate: TEMPLATES.source,
      name: 'source',
      title: 'The text of a document',
      description: 'The file as it is.',
      mimeType: TEXT_TYPE,
    },
  ];
  return { resourceTemplates };
}

/** @throws McpError where there is none */
export function readResource(documents: Documents, uri: string): ReadResourceResult {
  const named = addressed(uri);
  const found = <T>(find: () => T): T => {
    try {
      return find();
    } catch (error) {
      throw noResource(uri, error instanceof Error ? error.message : String(error));
    }
  };
  const document = found(() => findDocument(documents, named.document));
  if (named.kind === 'source') return { contents: [{ uri, mimeType: TEXT_TYPE, text: document.source }] };
  const view =
    named.kind === 'paragraph'
      ? paragraphView(
          document,
          found(() => findParagraph(document, named.paragraph)),
        )
      : documentDetailView(document);
  return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(view) }] };
}

/**
 * Values for a variable of a template that begin with what is there.
 *
 * @param document that was chosen before, for the paragraphs
 */
export function complete(
  documents: Documents,
  { name, value, document }: { name: string; value: string; document: string | undefined },
): CompleteResult {
  const all =
    name === 'document'
      ? documents.map(({ metadata }) => metadata.id)
      : documents
          .filter(({ metadata }) => document === undefined || metadata.id === document)
          .flatMap(({ paragraphs }) => paragraphs.map(keyOf));
  const fitting = [...new Set(all)].filter((one) => one.startsWith(value));
  return {
    completion: {
      values: fitting.slice(0, MAX_COMPLETIONS),
      total: fitting.length,
      hasMore: fitting.length > MAX_COMPLETIONS,
    },
  };
}
