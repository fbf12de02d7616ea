#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.js';
import { messageOf, ParaciteError } from '../errors.js';
import { askCommand } from './ask.js';
import { calibrateCommand } from './calibrate.js';
import { evalCommand } from './eval.js';
import { indexCommand } from './index-command.js';
import { serveCommand } from './serve.js';

/** Exit codes: 1 a result that is not good enough, 2 wrong usage, 3 something that Paracite needs is missing or broken. */
const EXIT = { failed: 1, usage: 2, broken: 3 } as const;

const USAGE = `Usage: paracite <command>

  serve                       answer over HTTP on HOST:PORT, building the index where needed
  ask "question" [--json]     answer on the terminal
      [--limit N] [--year Y]...
  index                       build the index from the corpus
  eval [--set FILE] [--json]  run the evaluation sets
       [--split dev|test] [--no-peers]
       [--report FILE.html]   and write charts and the misses of the development set
       [--compare OTHER.html] and compare with an earlier report
       [--export DIR]         and write corpus, questions and rankings for BEIR and trec_eval

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
    case 'index':
      arguments_(rest, {}, 0);
      return indexCommand(config);
    case 'calibrate':
      arguments_(rest, {}, 0);
      return calibrateCommand(config);
    case 'eval': {
      const { values } = arguments_(
        rest,
        {
          set: { type: 'string' },
          json: { type: 'boolean' },
          split: { type: 'string' },
          'no-peers': { type: 'boolean' },
          report: { type: 'string' },
          compare: { type: 'string' },
          export: { type: 'string' },
        },
        0,
      );
      const passed = await evalCommand(config, {
        set: values.set as string | undefined,
        json: values.json === true,
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
