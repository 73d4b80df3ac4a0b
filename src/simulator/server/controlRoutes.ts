import type { IncomingMessage } from 'node:http';
import { invalidRequest, unknownUrl } from '../ApiError.js';
import type { Control } from '../faults/Control.js';
import type { Ledger } from '../Ledger.js';
import { parseJson } from './parseJson.js';
import { controlSchema, incidentSchema, parseWith } from './controlSchema.js';

export const CONTROL_PATH = '/_control';

/** What each control route does, by method and path. Every one answers with the state it leaves. */
export function controlRoute(
  request: IncomingMessage,
  path: string,
  body: Buffer,
  { control, ledger }: { readonly control: Control; readonly ledger: Ledger },
): unknown {
  const method = request.method ?? 'GET';
  switch (`${method} ${path}`) {
    case `GET ${CONTROL_PATH}`:
      return control.state();
    case `PUT ${CONTROL_PATH}`: {
      const { faults, incidents } = parseWith(controlSchema, readJson(request, body));
      if (faults !== undefined) control.setFaults(faults);
      if (incidents !== undefined) {
        control.clearIncidents();
        for (const incident of incidents) control.startIncident(incident);
      }
      return control.state();
    }
    case `POST ${CONTROL_PATH}/incidents`:
      control.startIncident(parseWith(incidentSchema, readJson(request, body)));
      return control.state();
    case `DELETE ${CONTROL_PATH}/incidents`:
      control.clearIncidents();
      return control.state();
    case `GET ${CONTROL_PATH}/ledger`:
      return ledger.report();
    case `DELETE ${CONTROL_PATH}/ledger`:
      ledger.reset();
      return ledger.report();
    default:
      throw unknownUrl(method, path);
  }
}

/** Asks for the content type because a page in a browser can't send it to another site without being allowed to. */
function readJson(request: IncomingMessage, body: Buffer): unknown {
  if (request.headers['content-type']?.startsWith('application/json') !== true) {
    throw invalidRequest('Send the header content-type: application/json.');
  }
  return parseJson(body);
}
