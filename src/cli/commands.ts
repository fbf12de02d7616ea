import type { Command, Option } from './command.js';

/** Exit codes: 1 a result that is not good enough, 2 wrong usage, 3 something that Paracite needs is missing or broken. */
export const EXIT = { well: 0, failed: 1, usage: 2, broken: 3 } as const;

const json = (help: string): Option => ({ name: 'json', help });
const limit: Option = { name: 'limit', value: { name: 'N' }, help: 'most paragraphs, 1 to 50' };
/** What limits where to look. */
const PLACES: readonly Option[] = [
  { name: 'year', value: { name: 'YEAR' }, many: true, help: 'only this year; may be repeated' },
  {
    name: 'section',
    value: { name: 'TEXT' },
    many: true,
    help: 'only sections whose heading has this text; may be repeated',
  },
  { name: 'document', value: { name: 'ID' }, many: true, help: 'only this document; may be repeated' },
];

/**
 * Every command, in the order of `--help`. What the program takes, what its help says and what the shell completes are all made from
 * this table: a command is added here, and its work in a file of its own.
 */
export const COMMANDS: readonly Command[] = [
  {
    name: 'ask',
    group: 'Ask the record',
    help: 'answer a question with the record’s own words',
    words: { name: 'QUESTION', help: 'in plain language' },
    options: [
      json('print the body of POST /v1/ask'),
      {
        name: 'after',
        value: { name: 'QUESTION' },
        many: true,
        help: 'a question asked before, which a follow-up is completed from; may be repeated, oldest first',
      },
      limit,
      ...PLACES,
      { name: 'extractive', help: 'quotations alone, also where ANSWER_MODEL is set' },
    ],
    examples: [
      ['paracite ask "Do village elders have a say in settling quarrels?"', ''],
      ['paracite ask "What was said about prison overcrowding?" --year 2022 --json', 'as a program reads it'],
      ['paracite ask "and in 2023?" --after "What was said about legal aid in 2022?"', 'a follow-up'],
    ],
    run: async (given, settings) => {
      const { askCommand } = await import('./ask.js');
      const number = given.one('limit');
      return askCommand(await settings(), {
        question: given.words,
        history: given.all('after'),
        json: given.has('json'),
        limit: number === undefined ? undefined : Number(number),
        years: given.all('year').map(Number),
        sections: given.all('section'),
        documents: given.all('document'),
        extractive: given.has('extractive'),
      });
    },
  },
  {
    name: 'search',
    group: 'Ask the record',
    help: 'list the paragraphs nearest to a query, best first',
    words: { name: 'QUERY', help: 'a question or key words' },
    options: [json('print the body of GET /v1/search'), limit, ...PLACES],
    examples: [
      ['paracite search "prison overcrowding" --limit 3', ''],
      ['paracite search bail --section "Thematic discussion" --year 2022 --year 2023', ''],
    ],
    run: async (given, settings) => {
      const { searchCommand } = await import('./search.js');
      return searchCommand(await settings(), {
        query: given.words,
        json: given.has('json'),
        limit: given.one('limit'),
        limits: placesOf(given),
      });
    },
  },
  {
    name: 'verify',
    group: 'Ask the record',
    help: 'check every quotation of a draft',
    more: 'Exits with 1 where something is not the record’s own words, in the paragraph that is named.',
    words: { name: 'FILE', help: 'name of a file, or the text itself' },
    options: [json('print the body of POST /v1/verify for a draft')],
    examples: [
      ['paracite verify draft.md', ''],
      ['paracite verify "It says “a measure of last resort” (para. 71)."', ''],
    ],
    run: async (given, settings) => {
      const { verifyCommand } = await import('./verify.js');
      const well = await verifyCommand(await settings(), { draft: given.words, json: given.has('json') });
      return well ? EXIT.well : EXIT.failed;
    },
  },
  {
    name: 'digest',
    group: 'Ask the record',
    help: 'everything said on a topic, by year',
    words: { name: 'TOPIC', help: 'a few words' },
    options: [
      {
        name: 'format',
        value: { name: 'FORMAT', choices: ['markdown', 'csv', 'docx', 'json'] },
        help: 'markdown (default), csv, docx or json',
      },
      { name: 'output', value: { name: 'FILE' }, help: 'write a file instead of the terminal' },
      ...PLACES,
    ],
    examples: [['paracite digest "climate change" --format docx --output climate.docx', 'for Word']],
    run: async (given, settings) => {
      const { digestCommand } = await import('./digest.js');
      return digestCommand(await settings(), {
        topic: given.words,
        format: given.one('format'),
        output: given.one('output'),
        limits: placesOf(given),
      });
    },
  },
  {
    name: 'serve',
    group: 'Answer others',
    help: 'answer over HTTP on HOST:PORT, with pages to read',
    more: 'Builds the index where there is none or it is stale or damaged. SIGTERM finishes what is running; SIGHUP reads the corpus anew.',
    examples: [['PORT=8080 paracite serve', 'on another port']],
    run: async (_, settings) => (await import('./serve.js')).serveCommand(await settings()),
  },
  {
    name: 'mcp',
    group: 'Answer others',
    help: 'answer an assistant over standard input and output',
    more: 'Speaks the Model Context Protocol: an assistant starts it, nobody types it. The log is on standard error.',
    run: async (_, settings) => (await import('./mcp.js')).mcpCommand(await settings()),
  },
  {
    name: 'add',
    group: 'Keep the record',
    help: 'put files into the corpus: Markdown, text, HTML, DOCX, PDF with text',
    more: 'Says what was made of each. One that cannot be read gets a line and harms no other; then it exits with 1.',
    words: { name: 'FILE', help: 'names of files' },
    examples: [['paracite add minutes.docx "Annual report 2023.pdf"', '']],
    run: async ({ each }, settings) => {
      const { addCommand } = await import('./add.js');
      return (await addCommand(await settings(), each)) ? EXIT.well : EXIT.failed;
    },
  },
  {
    name: 'index',
    group: 'Keep the record',
    help: 'build the index from the corpus, whether or not there is one',
    more: 'Only texts that are new or changed are encoded, also after it was killed. With INDEX_URL it is built in that database, and services that share it notice.',
    options: [
      { name: 'verify', help: 'build nothing: check every checksum and span of the one that is there' },
      {
        name: 'to',
        value: { name: 'URL' },
        help: 'build nothing: move the index there, to a postgres:// address or a folder',
      },
    ],
    examples: [
      ['paracite index --to postgres://paracite@db.example.org/paracite', 'from INDEX_DIR to a database'],
    ],
    run: async (given, settings) => {
      const to = given.one('to');
      if (to !== undefined) return (await import('./move-index.js')).moveIndex(await settings(), to);
      const { indexCommand, verifyIndexCommand } = await import('./index-command.js');
      return (given.has('verify') ? verifyIndexCommand : indexCommand)(await settings());
    },
  },
  {
    name: 'questions',
    group: 'Keep the record',
    help: 'have the language model draft the questions that a document answers',
    more: 'Needs ANSWER_MODEL. Says what it will cost and asks; goes on where it was ended. Writes <id>.questions.draft.jsonl beside the document, for a person to read, edit and rename to <id>.questions.jsonl.',
    words: { name: 'DOCUMENT', help: 'id of a document' },
    options: [{ name: 'yes', help: 'do not ask whether the cost is right' }],
    examples: [['paracite questions my-minutes --yes', '']],
    run: async (given, settings) => {
      const { questionsCommand } = await import('./questions.js');
      return questionsCommand(await settings(), { document: given.words, yes: given.has('yes') });
    },
  },
  {
    name: 'completion',
    group: 'Keep the record',
    help: 'print what makes a shell complete commands and options',
    words: { name: 'SHELL', choices: ['bash', 'zsh', 'fish'], help: 'bash, zsh or fish' },
    examples: [
      ['source <(paracite completion bash)', 'in ~/.bashrc'],
      ['source <(paracite completion zsh)', 'in ~/.zshrc, after compinit'],
      ['paracite completion fish > ~/.config/fish/completions/paracite.fish', ''],
    ],
    run: async ({ words }) => {
      const { completionFor } = await import('./completion.js');
      process.stdout.write(completionFor(words, COMMANDS));
      return EXIT.well;
    },
  },
  {
    name: 'eval',
    group: 'For developers',
    help: 'run the evaluation sets and print the tables',
    more: 'Without --set it reads eval/ of the repository. Exits with 1 below a gate of eval/gates.json.',
    words: { name: 'DIR', help: 'the folder of --export ragas' },
    options: [
      { name: 'set', value: { name: 'FILE' }, help: 'a set of your own (JSON Lines), which has no gates' },
      json('print JSON'),
      {
        name: 'split',
        value: { name: 'HALF', choices: ['dev', 'test'] },
        help: 'only this half, dev or test',
      },
      { name: 'no-peers', help: 'without the other systems to compare with' },
      { name: 'digest', help: 'only how right digests are' },
      { name: 'verify', help: 'the cases of verification instead' },
      { name: 'answers', help: 'what becomes of planted faults, and what citations are worth, instead' },
      { name: 'conversation', help: 'the dialogues instead, whose last question follows from those before' },
      {
        name: 'report',
        value: { name: 'FILE' },
        help: 'write a page with charts and the misses of the dev half',
      },
      { name: 'compare', value: { name: 'FILE' }, help: 'compare with an earlier report' },
      {
        name: 'export',
        value: { name: 'DIR' },
        help: 'write corpus, questions and rankings for BEIR and trec_eval; "ragas DIR" writes answers for ragas',
      },
    ],
    examples: [
      ['paracite eval --split dev --no-peers', ''],
      ['paracite eval --set own.jsonl --report own.html', ''],
      [
        'paracite eval --split dev --no-peers --export ragas answers',
        'questions, answers, contexts, references',
      ],
    ],
    run: async (given, settings) => {
      const { evalCommand, exportOf } = await import('./eval.js');
      const json = given.has('json');
      const set = given.one('set');
      const split = given.one('split');
      const exportTo = exportOf(given.one('export'), given.words);
      if (given.has('verify')) {
        const { evalVerifyCommand } = await import('./eval-verify.js');
        const well = await evalVerifyCommand(await settings(), { json, split });
        return well ? EXIT.well : EXIT.failed;
      }
      if (given.has('answers')) {
        const { evalAnswersCommand } = await import('./eval-answers.js');
        const well = await evalAnswersCommand(await settings(), { json, split, set });
        return well ? EXIT.well : EXIT.failed;
      }
      if (given.has('conversation')) {
        const { evalConversationCommand } = await import('./eval-conversation.js');
        const well = await evalConversationCommand(await settings(), { json, split });
        return well ? EXIT.well : EXIT.failed;
      }
      const well = await evalCommand(await settings(), {
        set,
        json,
        digest: given.has('digest'),
        split,
        peers: !given.has('no-peers'),
        report: given.one('report'),
        compare: given.one('compare'),
        exportTo,
      });
      return well ? EXIT.well : EXIT.failed;
    },
  },
  {
    name: 'calibrate',
    group: 'For developers',
    help: 'train the check of written sentences, the ranking and the confidence anew, some ten minutes',
    more: 'Writes source files: only of use in the repository.',
    run: async (_, settings) => (await import('./calibrate.js')).calibrateCommand(await settings()),
  },
];

function placesOf({ all }: Parameters<Command['run']>[0]): Readonly<Record<string, readonly string[]>> {
  return { year: all('year'), section: all('section'), document: all('document') };
}
