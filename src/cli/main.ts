#!/usr/bin/env node
import { processIo } from './io.js';
import { run } from './run.js';

const io = processIo((exitCode) => process.exit(exitCode));
const exitCode = await run(process.argv.slice(2), io);

// A handle that some library left open must not keep a finished command running; an empty write waits for the last line.
process.stdout.write('', () => process.exit(exitCode));
