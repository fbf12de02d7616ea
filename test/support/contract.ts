import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { contract } from '../../src/http/contract/index.js';

/** What the document says of an operation. */
export interface Described {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object; example: unknown }> };
  readonly responses: Record<
    string,
    {
      headers: Record<string, { $ref: string }>;
      content?: Record<string, { schema: object; examples?: Record<string, { value: unknown }> }>;
    }
  >;
}

/** The contract as it is served. */
export const document = JSON.parse(JSON.stringify(contract())) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: {
    schemas: Record<string, object>;
    headers: Record<string, { required: boolean; schema: { type: string } }>;
  };
};

/** Its operations, one by one. */
export const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

export const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'contract');
ajv.addSchema(closedTo(document), 'exact');

/** The same document, with answers that have no field beside those it names. */
function closedTo(value: typeof document): object {
  return JSON.parse(JSON.stringify(value), (_, part: Record<string, unknown>) =>
    part?.type === 'object' && part.properties && part.additionalProperties === undefined
      ? { ...part, additionalProperties: false }
      : part,
  );
}

/** Where a part of the document is. */
export function pointer(...parts: string[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}

/** What is wrong with a value, by a schema inside the document. */
export function errors(base: 'contract' | 'exact', at: string, value: unknown): unknown {
  const validate = ajv.getSchema(`${base}${at}`);
  if (!validate) throw new Error(`no schema at ${at}`);
  return validate(value) ? [] : validate.errors;
}
