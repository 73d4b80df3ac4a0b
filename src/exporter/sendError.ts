import type { Response } from 'express';

/** Answers with an error in one shape: a code for programs and a sentence for people. */
export function sendError(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}
