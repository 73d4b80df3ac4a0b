import type { Operation } from '../call/operation.js';

interface Route {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  readonly end: string;
}

/**
 * Ends of paths, so that a prefix (`/v1`, `/openai/deployments/<name>`, that of a proxy) doesn't matter. Only what
 * makes an answer counts as its operation: to retrieve, list or delete one is `other`, else its tokens would count
 * twice. The first that fits counts.
 */
const ROUTES: readonly Route[] = [
  { operation: 'chat', method: 'POST', end: '/chat/completions' },
  { operation: 'responses', method: 'POST', end: '/responses' },
  { operation: 'completions', method: 'POST', end: '/completions' },
  { operation: 'embeddings', method: 'POST', end: '/embeddings' },
  { operation: 'images', method: 'POST', end: '/images/generations' },
  { operation: 'images', method: 'POST', end: '/images/edits' },
  { operation: 'images', method: 'POST', end: '/images/variations' },
  { operation: 'speech', method: 'POST', end: '/audio/speech' },
  { operation: 'transcription', method: 'POST', end: '/audio/transcriptions' },
  { operation: 'translation', method: 'POST', end: '/audio/translations' },
  { operation: 'moderations', method: 'POST', end: '/moderations' },
  { operation: 'realtime', method: 'GET', end: '/realtime' },
];

/** Whatever the method. */
const BATCHES = /\/batches(\/[^/]+(\/cancel)?)?$/;

/** What was asked last: mostly the next request is of the same kind. */
let last: { method: string; path: string; operation: Operation } = { method: '', path: '', operation: 'other' };

/** The operation that a request is: by its method in any case and its path with or without prefix and query. */
export function operationOf(method: string, path: string): Operation {
  if (method !== last.method || path !== last.path) last = { method, path, operation: find(method, path) };
  return last.operation;
}

function find(method: string, path: string): Operation {
  const verb = method.toUpperCase();
  const bare = barePath(path);
  const rooted = bare.startsWith('/') ? bare : `/${bare}`;
  for (const route of ROUTES) {
    if (route.method === verb && rooted.endsWith(route.end)) return route.operation;
  }
  return BATCHES.test(rooted) ? 'batches' : 'other';
}

/** The deployment that a path of Azure OpenAI names; it stands for the model where the body names none. */
export function deploymentOf(path: string): string | undefined {
  return /(?:^|\/)deployments\/([^/]+)\//.exec(barePath(path))?.[1];
}

function barePath(path: string): string {
  const end = path.search(/[?#]/);
  const bare = end === -1 ? path : path.slice(0, end);
  return bare.endsWith('/') ? bare.replace(/(?<!\/)\/+$/, '') : bare;
}
