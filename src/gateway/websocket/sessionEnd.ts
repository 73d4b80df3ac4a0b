import type { CallFailure } from '../../call/call.js';
import type { Outcome } from '../../call/status.js';
import { closeFailure } from './closeFailure.js';
import type { TunnelEnd } from './Tunnel.js';

/**
 * How a session ended as a call. `said` is the error that the upstream told last, with nothing after it: it is why the
 * upstream then leaves or closes.
 */
export function sessionEnd(
  by: TunnelEnd,
  code: number | undefined,
  said: CallFailure | undefined,
): [outcome: Outcome, failure?: CallFailure] {
  switch (by) {
    case 'client_closed':
      return ['success'];
    case 'client_gone':
      return ['aborted'];
    case 'upstream_gone':
      return ['error', said ?? { errorType: 'stream_interrupted' }];
    case 'idle':
      return ['error', { errorType: 'timeout' }];
    case 'upstream_closed': {
      const errorType = closeFailure(code);
      if (said !== undefined) return ['error', said];
      return errorType === undefined ? ['success'] : ['error', { errorType }];
    }
  }
}
