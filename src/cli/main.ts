#!/usr/bin/env node
import { EXIT } from './exitCode.js';
import { processIo } from './io.js';
import { run } from './run.js';

// Whoever reads our output may stop reading, as `head` does; that is no mistake of anyone.
process.stdout.on('error', () => process.exit(EXIT.ok));
process.on('uncaughtException', (error) => {
  process.stderr.write(
    `promptmeter: this is a bug, please report it with these lines: ${error.stack ?? error.message}\n`,
  );
  process.exit(EXIT.bug);
});

const exitCode = await run(
  process.argv.slice(2),
  processIo((code) => process.exit(code)),
);

// A handle that some library left open must not keep a finished command running; an empty write waits for the last line.
process.stdout.write('', () => process.exit(exitCode));
