/** What `promptmeter generate` can write. Apart from what writes it, which takes a library to load. */
export const TARGETS = ['files', 'kubernetes'] as const;
export type Target = (typeof TARGETS)[number];
