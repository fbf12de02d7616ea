#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.js';
import { messageOf, ParaciteError } from '../errors.js';
import { askCommand } from './ask.js';
import { digestCommand } from './digest.js';
import { indexCommand } from './index-command.js';
import { serveCommand } from './serve.js';
import { verifyCommand } from './verify.js';

/** Exit codes: 1 a result that is not good enough, 2 wrong usage, 3 something that Paracite needs is missing or broken. */
const EXIT = { failed: 1, usage: 2, broken: 3 } as const;

const USAGE = `Usage: paracite <command>

  serve                       answer over HTTP on HOST:PORT, building the index where needed
  mcp                         answer an assistant over standard input and output (Model Context Protocol)
  ask "question" [--json]     answer on the terminal
      [--limit N] [--year Y]...
  digest "topic"              everything said on a topic, by year
      [--format markdown|csv|docx|json] [--output FILE]
      [--year Y]... [--section TEXT]... [--document ID]...
  verify FILE|"text" [--json] check the quotations of a draft
  index                       build the index from the corpus
  eval [--set FILE] [--json]  run the evaluation sets
       [--split dev|test] [--no-peers]
       [--digest]             only how right digests are
       [--report FILE.html]   and write charts and the misses of the development set
       [--compare OTHER.html] and compare with an earlier report
       [--export DIR]         and write corpus, questions and rankings for BEIR and trec_eval
       [--verify]             run the cases of verification instead

Settings come from the environment; .env.example lists them.`;

async function main(argv: readonly string[]): Promise<number> {
  const [command = '', ...rest] = argv;
  if (command === '' || command === 'help' || command === '--help') {
    console.log(USAGE);
    return command === '' ? EXIT.usage : 0;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config: Config = readConfig(process.env, { serves: command === 'serve' });
  switch (command) {
    case 'serve':
      arguments_(rest, {}, 0);
      return serveCommand(config);
    case 'mcp':
      arguments_(rest, {}, 0);
      // Loading the protocol takes a third of a second, which nothing else should wait for.
      return (await import('./mcp.js')).mcpCommand(config);
    case 'ask': {
      const { values, positionals } = arguments_(
        rest,
        { json: { type: 'boolean' }, limit: { type: 'string' }, year: { type: 'string', multiple: true } },
        Number.POSITIVE_INFINITY,
      );
      return askCommand(config, {
        question: positionals.join(' '),
        json: values.json === true,
        limit: values.limit === undefined ? undefined : Number(values.limit),
        years: ((values.year as string[] | undefined) ?? []).map(Number),
      });
    }
    case 'digest': {
      const { values, positionals } = arguments_(
        rest,
        {
          format: { type: 'string' },
          output: { type: 'string' },
          year: { type: 'string', multiple: true },
          section: { type: 'string', multiple: true },
          document: { type: 'string', multiple: true },
        },
        Number.POSITIVE_INFINITY,
      );
      const { output, format, ...limits } = values;
      return digestCommand(config, {
        topic: positionals.join(' '),
        format: format as string | undefined,
        output: output as string | undefined,
        limits: limits as Readonly<Record<string, string[]>>,
      });
    }
    case 'verify': {
      const { values, positionals } = arguments_(
        rest,
        { json: { type: 'boolean' } },
        Number.POSITIVE_INFINITY,
      );
      const passed = await verifyCommand(config, {
        draft: positionals.join(' '),
        json: values.json === true,
      });
      return passed ? 0 : EXIT.failed;
    }
    case 'index':
      arguments_(rest, {}, 0);
      return indexCommand(config);
    case 'calibrate':
      arguments_(rest, {}, 0);
      // What measures needs packages that an installation for serving leaves out.
      return (await import('./calibrate.js')).calibrateCommand(config);
    case 'eval': {
      const { values } = arguments_(
        rest,
        {
          set: { type: 'string' },
          json: { type: 'boolean' },
          digest: { type: 'boolean' },
          split: { type: 'string' },
          'no-peers': { type: 'boolean' },
          report: { type: 'string' },
          compare: { type: 'string' },
          export: { type: 'string' },
          verify: { type: 'boolean' },
          conversation: { type: 'boolean' },
        },
        0,
      );
      if (values.verify === true) {
        const json = values.json === true;
        const { evalVerifyCommand } = await import('./eval-verify.js');
        const passed = await evalVerifyCommand(config, { json, split: values.split as string | undefined });
        return passed ? 0 : EXIT.failed;
      }
      if (values.conversation === true) {
        const json = values.json === true;
        const { evalConversationCommand } = await import('./eval-conversation.js');
        const passed = await evalConversationCommand(config, {
          json,
          split: values.split as string | undefined,
        });
        return passed ? 0 : EXIT.failed;
      }
      const { evalCommand } = await import('./eval.js');
      const passed = await evalCommand(config, {
        set: values.set as string | undefined,
        json: values.json === true,
        digest: values.digest === true,
        split: values.split as string | undefined,
        peers: values['no-peers'] !== true,
        report: values.report as string | undefined,
        compare: values.compare as string | undefined,
        exportTo: values.export as string | undefined,
      });
      return passed ? 0 : EXIT.failed;
    }
    default:
      throw new ParaciteError('bad_request', `no command "${command}"; paracite --help lists them`);
  }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function arguments_(args: readonly string[], options: Options, positionals: number) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: positionals > 0, strict: true });
    return parsed;
  } catch (error) {
    throw new ParaciteError('bad_request', `${messageOf(error)}; paracite --help lists what there is`);
  }
}

/** The one place that turns what was thrown into a line and an exit code. */
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`paracite: ${messageOf(error)}`);
    if (!(error instanceof ParaciteError)) process.exitCode = EXIT.broken;
    else
      process.exitCode = error.code === 'bad_request' || error.code === 'config' ? EXIT.usage : EXIT.broken;
  },
);
