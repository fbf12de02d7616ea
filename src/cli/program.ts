import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import { VERSION } from '../places.js';
import type { Command, Given, Option } from './command.js';
import { EXIT } from './commands.js';

/** The last words of `paracite --help`. */
const AFTER = `
Settings come from the environment, or from .env in the folder you are in; the most used are
  HOST, PORT                 where to serve (127.0.0.1, 3000)
  CORPUS_DIR, INDEX_DIR      folders of the documents and of the index (corpus, index); in a
                             folder without corpus/, the record that comes with Paracite
  API_KEYS                   keys that clients must show, commas between
  ABSTAIN_THRESHOLD          confidence below which a question is not answered
The README lists all of them.

Exit codes: 0 well, 1 a result that is not good enough, 2 wrong usage or setting,
3 something that is needed is missing or broken.

Examples:
  $ paracite ask "What was said about prison overcrowding in 2022?"
  $ paracite verify draft.md
  $ paracite serve`;

const DESCRIPTION =
  'Answers questions over official meeting records with the record’s own words, each with its paragraph.';

/**
 * Does what a command line says.
 *
 * @param argv words after the program's name
 * @param settings reads and checks the settings
 * @returns exit code
 * @throws ParaciteError `bad_request` for wrong usage, with the way to help
 */
export async function runProgram(
  argv: readonly string[],
  commands: readonly Command[],
  settings: (command: Command) => Promise<Config>,
): Promise<number> {
  let code: number = EXIT.well;
  const program = quiet(new Commander('paracite'))
    .description(DESCRIPTION)
    .usage('COMMAND [options]')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .helpCommand('help [command]', 'say how a command is used')
    .addHelpText('after', AFTER);
  for (const command of commands) {
    const { words } = command;
    const sub = quiet(program.command(command.name))
      .summary(command.help)
      .description([`${sentence(command.help)}.`, ...(command.more ? [command.more] : [])].join('\n'))
      .helpGroup(`${command.group}:`)
      .helpOption('-h, --help', 'print this')
      .addHelpText('after', examplesOf(command))
      .action(async () => {
        const [surplus] = words ? [] : sub.args;
        if (surplus !== undefined) throw wrong(command.name, `${command.name} takes no "${surplus}"`);
        code = await command.run(givenTo(sub), () => settings(command));
      });
    // A command that takes no words says which one it does not know.
    if (words) sub.argument(`[${words.name}...]`, words.help);
    else sub.allowExcessArguments();
    for (const option of command.options ?? []) sub.addOption(optionOf(option));
  }
  if (argv.length === 0) {
    program.outputHelp();
    return EXIT.usage;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.well;
    if (error.code === 'commander.help') throw wrong(undefined, `unknown command "${argv[1]}"`);
    const named = commands.find(({ name }) => name === argv[0]);
    const message = error.message.replace(/^error: /u, '').replaceAll(/'([^']*)'/gu, '"$1"');
    throw wrong(named?.name, message);
  }
  return code;
}

/** Commander throws instead of ending the process, and what is wrong is told in one place. */
function quiet(command: Commander): Commander {
  return command.exitOverride().configureOutput({ writeErr: () => undefined });
}

function wrong(command: string | undefined, message: string): ParaciteError {
  const help = ['paracite', ...(command ? [command] : []), '--help'].join(' ');
  return new ParaciteError('bad_request', `${message}; ${help} lists what there is`);
}

function optionOf({ name, value, many, help }: Option): CommanderOption {
  const option = new CommanderOption(value ? `--${name} <${value.name}>` : `--${name}`, help);
  // Commander reads --no-x as x switched off; here it is an option as any other.
  option.negate = false;
  option.attributeName = () => name;
  if (many) option.argParser((one: string, before: readonly string[] = []) => [...before, one]);
  return option;
}

function givenTo(command: Commander): Given {
  const options = command.opts<Readonly<Record<string, string | true | readonly string[]>>>();
  const all = (name: string) => [options[name] ?? []].flat().filter((value) => value !== true) as string[];
  return {
    words: command.args.join(' '),
    each: command.args,
    has: (name) => options[name] !== undefined,
    one: (name) => all(name).at(-1),
    all,
  };
}

function examplesOf({ examples = [] }: Command): string {
  if (examples.length === 0) return '';
  const lines = examples.flatMap(([line, does]) => [...(does ? [`  # ${does}`] : []), `  $ ${line}`]);
  return ['', 'Examples:', ...lines].join('\n');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
