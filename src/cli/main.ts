#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { messageOf, ParaciteError } from '../errors.js';
import { COMMANDS, EXIT } from './commands.js';
import { runProgram } from './program.js';

// Who reads only the first lines, as `| head` does, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.well);
});

/** The one place that turns what was thrown into a line and an exit code. */
runProgram(process.argv.slice(2), COMMANDS, async ({ name }) => {
  // Here and not above: help should not wait for what checks settings.
  const { readConfig } = await import('../config.js');
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig(process.env, { serves: name === 'serve' });
}).then(
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
