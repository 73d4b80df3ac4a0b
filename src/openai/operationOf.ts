import type { Operation } from '../call/operation.js';

interface Route {
  readonly operation: Operation;
  /** Absent: any method. */
  readonly method?: 'GET' | 'POST';
  readonly path: RegExp;
}

/**
 * Ends of paths, so that a prefix (`/v1`, `/openai/deployments/<name>`, that of a proxy) doesn't matter. Only what
 * makes an answer counts as its operation: to retrieve, list or delete one is `other`, else its tokens would count twice.
 */
const ROUTES: readonly Route[] = [
  { operation: 'chat', method: 'POST', path: /(^|\/)chat\/completions$/ },
  { operation: 'responses', method: 'POST', path: /(^|\/)responses$/ },
  { operation: 'completions', method: 'POST', path: /(^|\/)(?<!chat\/)completions$/ },
  { operation: 'embeddings', method: 'POST', path: /(^|\/)embeddings$/ },
  { operation: 'images', method: 'POST', path: /(^|\/)images\/(generations|edits|variations)$/ },
  { operation: 'speech', method: 'POST', path: /(^|\/)audio\/speech$/ },
  { operation: 'transcription', method: 'POST', path: /(^|\/)audio\/transcriptions$/ },
  { operation: 'translation', method: 'POST', path: /(^|\/)audio\/translations$/ },
  { operation: 'moderations', method: 'POST', path: /(^|\/)moderations$/ },
  { operation: 'batches', path: /(^|\/)batches(\/[^/]+(\/cancel)?)?$/ },
  { operation: 'realtime', method: 'GET', path: /(^|\/)realtime$/ },
];

/** The operation that a request is: by its method in any case and its path with or without prefix and query. */
export function operationOf(method: string, path: string): Operation {
  const verb = method.toUpperCase();
  const bare = barePath(path);
  const route = ROUTES.find((each) => (each.method ?? verb) === verb && each.path.test(bare));
  return route?.operation ?? 'other';
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
