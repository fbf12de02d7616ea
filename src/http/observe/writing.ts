import { Counter, type Registry } from 'prom-client';
import type { Writer, WritingStats } from '../../generate/index.js';

/** What a language model did, and what of it was of use. */
export function writingMetrics(registry: Registry, writer: Writer): void {
  const counter = (
    name: string,
    help: string,
    label: string,
    values: (stats: WritingStats) => Readonly<Record<string, number>>,
  ) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [value, count] of Object.entries(values(writer.stats())))
          this.inc({ [label]: value }, count);
      },
    });
  counter(
    'paracite_written_answers_total',
    'Answers that the model wrote, and that were known from an earlier request.',
    'from',
    ({ generated, known }) => ({ model: generated, memory: known }),
  );
  counter(
    'paracite_written_fallbacks_total',
    'Answers that stayed extractive because the model gave none that could be used, by reason.',
    'reason',
    ({ fallbacks }) => fallbacks,
  );
  counter(
    'paracite_written_sentences_total',
    'Sentences that the model wrote: kept as they were, kept in a second wording, replaced by words of the record, removed.',
    'outcome',
    ({ sentences }) => sentences,
  );
  counter(
    'paracite_model_tokens_total',
    'Tokens that the model read (input) and wrote (output), as far as it says.',
    'kind',
    ({ tokens }) => ({ ...tokens }),
  );
  new Counter({
    name: 'paracite_model_cost_total',
    help: 'Price of the tokens, in the currency of ANSWER_PRICE_INPUT and ANSWER_PRICE_OUTPUT.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(writer.stats().cost);
    },
  });
}
