import type { Kind } from './answers.js';

export interface KindText {
  readonly kind: Kind;
  readonly title: string;
  readonly intro: string;
}

/** What is called. */
export const KINDS: readonly KindText[] = [
  { kind: 'json', title: 'JSON calls', intro: 'Upstream, load generator and proxy in a process each.' },
  { kind: 'stream', title: 'streams of 50 chunks', intro: 'All chunks of a stream come as fast as the upstream can.' },
  {
    kind: 'unasked',
    title: 'streams whose client asks for no usage',
    intro: 'The same, but Promptmeter asks for the usage and takes it out of the stream again.',
  },
  {
    kind: 'apart',
    title: 'streams whose chunks come apart',
    intro: 'As models send them: 4 ms lie between two chunks, so that no proxy gets two at once.',
  },
];
