import type { Config } from '../config.js';
import { openWriter, written } from '../generate/index.js';
import { type Answering, answering, parseAsk } from '../http/index.js';
import { inProcess } from '../response/index.js';
import { openService } from './open-service.js';

export interface AskArguments {
  readonly question: string;
  /** Questions that were asked before, oldest first. */
  readonly history: readonly string[];
  readonly json: boolean;
  readonly limit: number | undefined;
  readonly years: readonly number[];
  readonly sections: readonly string[];
  readonly documents: readonly string[];
  /** Quotations alone, also where a language model is set. */
  readonly extractive: boolean;
}

/** `paracite ask`: one question on the terminal. Checked like a request to `/v1/ask`, and answered with the same body. */
export async function askCommand(config: Config, args: AskArguments): Promise<number> {
  const asked = parseAsk({
    question: args.question,
    history: args.history,
    ...(args.limit !== undefined && { limit: args.limit }),
    filters: { years: args.years, sections: args.sections, documents: args.documents },
    ...(args.extractive && { answer: 'extractive' }),
  });
  const writer = args.extractive ? null : await openWriter(config);
  const service = await openService(config);
  try {
    const started = performance.now();
    const view = await answering(written(inProcess(service), writer), asked);
    const tookMs = Math.round(performance.now() - started);
    console.log(args.json ? JSON.stringify({ ...view, tookMs }, null, 2) : inWords(view));
  } finally {
    await service.close();
  }
  return 0;
}

function inWords(view: Answering): string {
  const { understood } = view;
  const taken = understood?.from === 'history' ? [`Understood as: ${understood.question}`, ''] : [];
  const nearest = view.passages.map(
    ({ label, section, snippet }) => `  ${label} (${section.at(-1) ?? ''}): ${snippet}`,
  );
  const scope =
    view.scope.length > 0 ? [`Limited to: ${view.scope.map(({ value }) => value).join('; ')}`, ''] : [];
  if (view.status === 'not_found') {
    return [
      ...taken,
      ...scope,
      'The record does not answer this question. Nearest paragraphs:',
      ...nearest,
    ].join('\n');
  }
  const quotations = view.citations.flatMap(({ id, quote, label, section, leadIn, footnote }) => [
    ...(leadIn ? [leadIn.quote] : []),
    `“${quote}”`,
    `  [${id}] ${label}${footnote === null ? '' : `, footnote ${footnote}`}, ${section.join(' > ')}`,
    '',
  ]);
  const prose = view.mode === 'generated' ? [view.answer ?? '', ''] : [];
  return [
    ...taken,
    ...scope,
    ...prose,
    ...quotations,
    ...madeBy(view),
    `Confidence ${Math.round(view.confidence * 100)} %`,
  ].join('\n');
}

/** What a language model had to do with it, where one is set. */
function madeBy({ generation }: Answering): string[] {
  if (!generation) return [];
  const { model, reason, sentences, removed, replaced, repaired } = generation;
  if (reason !== undefined)
    return [`Quotations only, because ${model} gave no answer that holds (${reason})`];
  return [
    `Written by ${model}: ${sentences} sentences, ${repaired} repaired, ${replaced} in the record's own words, ${removed} removed`,
  ];
}
