import type { Incident } from './Incident.js';

const at = (day: number, hour: number, minute = 0): number => (day * 24 + hour) * 60 + minute;
const failing = (share: number, errorType: string) => ({ failing: { share, errorType } });

/** Twenty incidents in thirty days: small and large, short and long, by day and by night. Day 0 is a Thursday. */
export const INCIDENTS: readonly Incident[] = [
  { what: '10 % server errors', start: at(1, 10), minutes: 32, ...failing(0.1, 'server_error') },
  { what: '60 % overloaded, one model', start: at(2, 15), minutes: 20, model: 'gpt-4o', ...failing(0.6, 'overloaded') },
  { what: 'three times slower', start: at(3, 11), minutes: 60, slower: 3 },
  { what: 'wrong key after a rotation', start: at(4, 9, 4), minutes: 16, ...failing(1, 'authentication') },
  { what: 'all calls fail at night', start: at(5, 3), minutes: 40, ...failing(1, 'connection') },
  { what: 'prompts grow: calls cost ten times as much', start: at(8, 13), minutes: 120, model: 'gpt-4o', dearer: 10 },
  { what: 'first token ten times later', start: at(9, 16), minutes: 28, firstTokenSlower: 10 },
  { what: '25 % rate limited', start: at(10, 12), minutes: 48, model: 'gpt-4o-mini', ...failing(0.25, 'rate_limit') },
  { what: 'quota used up', start: at(11, 20), minutes: 60, ...failing(0.9, 'quota_exceeded') },
  { what: '5 % of the streams break off', start: at(12, 10), minutes: 60, ...failing(0.05, 'stream_interrupted') },
  { what: 'half of the answers cut short after a release', start: at(15, 14), minutes: 120, truncated: 0.5 },
  { what: 'twenty times slower, one model', start: at(16, 9), minutes: 24, model: 'gpt-4o', slower: 20 },
  { what: 'all calls fail for 8 minutes', start: at(17, 11), minutes: 8, ...failing(1, 'server_error') },
  { what: 'the exporter cannot be scraped', start: at(18, 10), minutes: 20, blind: true },
  { what: 'nobody calls any more', start: at(19, 14), minutes: 60, traffic: 0 },
  { what: '2.5 % errors for eight hours', start: at(22, 8), minutes: 480, ...failing(0.025, 'server_error') },
  { what: 'a loop calls thirty times as often', start: at(23, 22), minutes: 180, model: 'gpt-4o', traffic: 30 },
  { what: 'a bad release: 40 % invalid requests', start: at(24, 16), minutes: 16, ...failing(0.4, 'invalid_request') },
  { what: 'six times slower in the evening', start: at(25, 21), minutes: 40, slower: 6 },
  { what: '8 % time-outs', start: at(26, 12), minutes: 40, ...failing(0.08, 'timeout') },
];

/** A small selection for every run of the tests: one day with three incidents. */
export const ONE_DAY: readonly Incident[] = [
  { what: '60 % overloaded, one model', start: at(0, 10), minutes: 20, model: 'gpt-4o', ...failing(0.6, 'overloaded') },
  { what: 'twenty times slower', start: at(0, 14), minutes: 24, slower: 20 },
  { what: 'the exporter cannot be scraped', start: at(0, 19), minutes: 20, blind: true },
];
