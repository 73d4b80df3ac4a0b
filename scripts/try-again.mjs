/** A test over real processes and sockets may lose a race on a busy machine: it is tried again, and what failed is shown. */
import { jest } from '@jest/globals';

jest.retryTimes(2, { logErrorsBeforeRetry: true });
