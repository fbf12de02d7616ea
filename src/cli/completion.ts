import { ParaciteError } from '../errors.js';
import type { Command, Option, Value } from './command.js';

const SHELLS = { bash, zsh, fish } as const;

/** What every command takes. */
const HELP: Option = { name: 'help', help: 'say how it is used' };

/**
 * A script that makes a shell complete commands, options and the values that they may have. It starts no program while one types.
 *
 * @throws ParaciteError `bad_request` for another shell
 */
export function completionFor(shell: string, commands: readonly Command[]): string {
  if (!Object.hasOwn(SHELLS, shell)) {
    throw new ParaciteError(
      'bad_request',
      `completion is for ${Object.keys(SHELLS).join(', ')}, not for "${shell}"; paracite completion --help shows how`,
    );
  }
  return `${SHELLS[shell as keyof typeof SHELLS](commands)}\n`;
}

/** What completes a value: words, names of files, names of folders, or nothing. */
function kindOf(value: Value | undefined): 'words' | 'files' | 'folders' | 'nothing' {
  if (value?.choices) return 'words';
  if (value?.name === 'FILE') return 'files';
  return value?.name === 'DIR' ? 'folders' : 'nothing';
}

function bash(commands: readonly Command[]): string {
  const reply = (value: Value | undefined) =>
    ({
      words: `COMPREPLY=($(compgen -W '${value?.choices?.join(' ')}' -- "$current"))`,
      files: `compopt -o filenames 2> /dev/null; IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$current"))`,
      folders: `compopt -o filenames 2> /dev/null; IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$current"))`,
      nothing: 'COMPREPLY=()',
    })[kindOf(value)];
  const names = commands.map(({ name }) => name).join(' ');
  const values = commands.flatMap(({ name, options = [] }) =>
    options.flatMap((option) =>
      option.value ? [`    '${name} --${option.name}') ${reply(option.value)}; return ;;`] : [],
    ),
  );
  const words = commands.map(({ name, words: value, options = [] }) => {
    const flags = [...options, HELP].map((option) => `--${option.name}`).join(' ');
    return `    ${name}) if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '${flags}' -- "$current")); else ${reply(value)}; fi ;;`;
  });
  return `# bash completion of paracite
_paracite() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} IFS=$' \\t\\n'
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names} help --help --version' -- "$current"))
    return
  fi
  case "$command $previous" in
${values.join('\n')}
  esac
  case $command in
    help) COMPREPLY=($(compgen -W '${names}' -- "$current")) ;;
${words.join('\n')}
  esac
}
complete -F _paracite paracite`;
}

function zsh(commands: readonly Command[]): string {
  const action = (value: Value | undefined) =>
    ({
      words: `(${value?.choices?.join(' ')})`,
      files: '_files',
      folders: '_files -/',
      nothing: ' ',
    })[kindOf(value)];
  const listed = commands.map(({ name, help }) => `    ${quoted(`${name}:${help}`)}`);
  const cases = commands.map(({ name, words, options = [] }) => {
    const specs = [...options, HELP].map(({ name: option, help, value, many }) =>
      quoted(
        `${many ? '*' : ''}--${option}[${escaped(help)}]${value ? `:${value.name}:${action(value)}` : ''}`,
      ),
    );
    const rest = words ? [quoted(`*:${words.name}:${action(words)}`)] : [];
    return `    ${name}) _arguments ${[...specs, ...rest].join(' ')} ;;`;
  });
  return `#compdef paracite
_paracite() {
  local -a commands=(
${listed.join('\n')}
    'help:say how a command is used'
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
    help) _describe command commands ;;
${cases.join('\n')}
  esac
}
compdef _paracite paracite`;
}

function fish(commands: readonly Command[]): string {
  const action = (value: Value) =>
    ({
      words: `-x -a ${quoted(value.choices?.join(' ') ?? '')}`,
      files: '-r -F',
      folders: `-x -a '(__fish_complete_directories)'`,
      nothing: '-x',
    })[kindOf(value)];
  const lines = commands.flatMap(({ name, help, words, options = [] }) => [
    `complete -c paracite -n __fish_use_subcommand -a ${name} -d ${quoted(help)}`,
    ...(words && kindOf(words) !== 'nothing'
      ? [`complete -c paracite -n '__fish_seen_subcommand_from ${name}' ${action(words)}`]
      : []),
    ...[...options, HELP].map(
      ({ name: option, help: does, value }) =>
        `complete -c paracite -n '__fish_seen_subcommand_from ${name}' -l ${option} ${value ? `${action(value)} ` : ''}-d ${quoted(does)}`,
    ),
  ]);
  return ['# fish completion of paracite', 'complete -c paracite -f', ...lines].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What means something in a description of zsh's `_arguments`. */
function escaped(text: string): string {
  return text.replaceAll(/[[\]:\\]/gu, '\\$&');
}
