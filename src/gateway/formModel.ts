import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';

/** Bytes of the form that may wait to be read; when more do, its model stays unknown. */
const MAX_WAITING = 4 * 1024 * 1024;
const LIMITS = { fields: 50, fieldSize: 200, parts: 100, headerPairs: 20, headerSize: 8192 };

/** Follows a form (audio, images) on its way to the upstream and tells which model it names, if it does. */
export function readFormModel(req: IncomingMessage, tell: (model: string) => void): void {
  const type = req.headers['content-type'];
  if (type === undefined || !/^multipart\/form-data\b/i.test(type) || req.headers['content-encoding'] !== undefined)
    return;
  const form = formOf(type);
  if (form === undefined) return;
  const onData = (chunk: Buffer): void => {
    form.write(chunk);
    if (form.writableLength > MAX_WAITING) leave();
  };
  const leave = (): void => {
    req.off('data', onData);
    form.removeAllListeners('field').destroy();
  };
  form.on('field', (name, value) => {
    if (name !== 'model') return;
    tell(value);
    leave();
  });
  // A form that is cut fails in its file, too.
  form.on('file', (_name, file) => file.on('error', leave).resume());
  form.on('error', leave);
  // It would go on to look through parts of which it tells nothing any more, and slowly.
  form.on('fieldsLimit', leave).on('partsLimit', leave);
  req
    .on('data', onData)
    .once('end', () => form.end())
    .once('close', leave);
}

/** Undefined when the type names no boundary. */
function formOf(type: string): BusboyInstance | undefined {
  try {
    return new Busboy({ headers: { 'content-type': type }, limits: LIMITS });
  } catch {
    return undefined;
  }
}
