import type { Config } from '../../../config/Config.js';
import type { Dashboard } from '../dashboard.js';
import { queriesOf } from '../queries.js';
import { ERRORS_UID } from '../uids.js';
import { answers } from './answers.js';
import { attempts } from './attempts.js';
import { failures } from './failures.js';
import { limits } from './limits.js';
import { now } from './now.js';

/** Why is it failing? */
export function errors(config: Config): Dashboard {
  const queries = queriesOf(config);
  return {
    name: 'errors',
    uid: ERRORS_UID,
    title: 'AI calls / Errors and limits',
    description:
      'Why do calls to AI models fail? Errors by type and HTTP status, retries, broken streams, cut answers and rate limits.',
    rows: [now(config, queries), ...failures(config, queries), ...attempts(config), answers(config), ...limits(config)],
  };
}
