import type { Config } from '../config.js';
import { parseSearch } from '../http/index.js';
import { inProcess, type SearchView } from '../response/index.js';
import { openService } from './open-service.js';

export interface SearchArguments {
  readonly query: string;
  readonly json: boolean;
  readonly limit: string | undefined;
  /** Years, sections and documents, as `/v1/search` takes them. */
  readonly limits: Readonly<Record<string, readonly string[]>>;
}

/** `paracite search`: ranked paragraphs, checked like a request to `/v1/search`, and answered with the same body. */
export async function searchCommand(config: Config, args: SearchArguments): Promise<number> {
  const query = parseSearch({
    ...args.limits,
    q: [args.query],
    ...(args.limit !== undefined && { limit: [args.limit] }),
  });
  const service = await openService(config);
  try {
    const started = performance.now();
    const view = await inProcess(service).search(query);
    const tookMs = Math.round(performance.now() - started);
    console.log(args.json ? JSON.stringify({ ...view, tookMs }, null, 2) : inWords(view));
  } finally {
    await service.close();
  }
  return 0;
}

function inWords({ results, scope }: SearchView): string {
  const understood =
    scope.length > 0 ? [`Limited to: ${scope.map(({ value }) => value).join('; ')}`, ''] : [];
  if (results.length === 0) return [...understood, 'No paragraph is within these limits.'].join('\n');
  const ranked = results.flatMap(({ label, section, score, snippet }, position) => [
    `${position + 1}. ${label}, ${section.join(' > ')} (${score.toFixed(2)})`,
    `   ${snippet}`,
    '',
  ]);
  return [...understood, ...ranked].join('\n').trimEnd();
}
