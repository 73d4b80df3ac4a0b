import { startServer, type StartedServer } from '../startServer.js';

/** What any of the API's answers may have, so that a suite finds in it what it looks for. */
const ANSWER = {
  id: 'any_1',
  object: 'any',
  created: 1_700_000_000,
  model: 'gpt-4o-2024-08-06',
  text: 'Hello',
  tools: [{ type: 'code_interpreter' }],
  data: [{ object: 'any', url: 'https://example.com/1.png', index: 0 }],
  results: [{ flagged: true, categories: {}, category_scores: {} }],
  choices: [{ index: 0, text: 'Hello', message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21, input_tokens: 9, output_tokens: 12 },
};

/** An API that gives every request the same answer, and speech where that is asked for. */
export async function startAnyApi(): Promise<StartedServer> {
  return await startServer((request, response) => {
    request.resume().on('end', () => {
      const isSpeech = request.url?.endsWith('/speech') === true;
      response.writeHead(200, { 'content-type': isSpeech ? 'audio/mpeg' : 'application/json' });
      response.end(isSpeech ? Buffer.alloc(64, 1) : JSON.stringify(ANSWER));
    });
  });
}
