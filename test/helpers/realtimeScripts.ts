import type { SessionScript } from './realtimeApi.js';

/** Of one answer. */
export const USAGE = {
  total_tokens: 150,
  input_tokens: 100,
  output_tokens: 50,
  input_token_details: { text_tokens: 40, audio_tokens: 60, cached_tokens: 0 },
  output_token_details: { text_tokens: 10, audio_tokens: 40 },
};

/** Sends these events at once. */
export const say = (...events: object[]): SessionScript => {
  return (socket) => events.forEach((event) => socket.send(JSON.stringify(event)));
};
export const begun = {
  type: 'response.created',
  response: { object: 'realtime.response', id: 'r', status: 'in_progress' },
};
export const done = (fields: object = {}) => ({
  type: 'response.done',
  response: { object: 'realtime.response', id: 'r', status: 'completed', usage: USAGE, ...fields },
});
export const error = (code: string) => ({
  type: 'error',
  error: { type: 'invalid_request_error', code, message: 'SECRET' },
});
export const thenClose =
  (script: SessionScript, code?: number): SessionScript =>
  (socket, request) => {
    script(socket, request);
    socket.close(code);
  };
export const thenCut =
  (script: SessionScript): SessionScript =>
  (socket, request) => {
    script(socket, request);
    socket.send('x', () => socket.terminate());
  };
