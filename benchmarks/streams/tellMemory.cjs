'use strict';
/** Loaded into a process before its program: tells what is on the heap after garbage collection, whenever it is asked. */
const process = require('node:process');
const { setImmediate: turn } = require('node:timers/promises');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

process.on('message', (message) => {
  if ('memory' in message) void tell();
});
process.on('disconnect', () => process.exit(0));

/** Finalizers run between turns and free what they were the last to hold. */
async function tell() {
  for (let times = 0; times < 4; times += 1) {
    collectGarbage();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  process.send({ bytes: heapUsed + external });
}
