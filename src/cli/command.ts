import type { Config } from '../config.js';

/** What stands after an option or a command on the line. */
export interface Value {
  /** As help shows it, in capitals: `FILE` and `DIR` are completed with names of files and folders. */
  readonly name: string;
  /** The only words that it may be, for completion; the command checks it. */
  readonly choices?: readonly string[];
}

export interface Option {
  /** As it is written, without its dashes. */
  readonly name: string;
  readonly help: string;
  /** None for an option that is only there or not. */
  readonly value?: Value;
  /** May be given any number of times. */
  readonly many?: boolean;
}

/** What a command was given. */
export interface Given {
  /** The words beside the options, with a space between. */
  readonly words: string;
  /** The same one by one. */
  readonly each: readonly string[];
  has(option: string): boolean;
  /** The last value of an option. */
  one(option: string): string | undefined;
  /** All values of an option. */
  all(option: string): readonly string[];
}

/** Headings of `paracite --help`, in their order. */
export type Group = 'Ask the record' | 'Answer others' | 'Keep the record' | 'For developers';

export interface Command {
  readonly name: string;
  readonly group: Group;
  /** One line. */
  readonly help: string;
  /** What else its own help says. */
  readonly more?: string;
  /** What its words are; none for a command that takes only options. */
  readonly words?: Value & { readonly help: string };
  readonly options?: readonly Option[];
  /** Whole lines to type, each with what it does. */
  readonly examples?: readonly (readonly [line: string, does: string])[];
  /**
   * Loads what it needs, and nothing before it is called: other commands and help should not wait for it.
   *
   * @param settings reads and checks the settings
   * @returns exit code
   * @throws ParaciteError
   */
  run(given: Given, settings: () => Promise<Config>): Promise<number>;
}
