/**
 * What `require('openai')` gives in a suite that scripts/conformance.mjs runs: the SDK itself, or with
 * PROMPTMETER_CONFORMANCE=monitored the SDK whose every new client is measured.
 */
const sdk = require('promptmeter-bare-openai');

if (process.env.PROMPTMETER_CONFORMANCE === 'monitored') {
  const { monitoredSdk } = require('./monitoredSdk.ts');
  module.exports = monitoredSdk(sdk);
} else module.exports = sdk;
