import type { PartName } from './Part.js';
import type { Ports } from './ports.js';

export function local(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** The upstream that the demo's traffic goes to, as promptmeter.yaml names it. */
export const DEMO = 'demo';

/** Where a part is to be found, or what it does. */
export function addressOf(name: PartName, ports: Ports): string {
  switch (name) {
    case 'exporter':
      return `${local(ports.gateway)} (gateway), ${local(ports.metrics)}/metrics`;
    case 'traffic':
      return `simulated calls through ${local(ports.gateway)}/${DEMO}/v1`;
    case 'simulator':
    case 'prometheus':
    case 'alertmanager':
    case 'grafana':
      return local(ports[name]);
  }
}
