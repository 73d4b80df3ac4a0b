import type { Config } from '../../config/Config.js';
import { toYaml } from '../yaml.js';

/** Label of an exemplar that has the trace's id. */
const TRACE_ID = 'trace_id';

/** Grafana's data source; where promptmeter.yaml says where traces are shown, the marks of single calls lead there. */
export function grafanaDataSource({ links: { traces } }: Config): string {
  return toYaml(
    {
      apiVersion: 1,
      datasources: [
        {
          name: 'Prometheus',
          uid: 'prometheus',
          type: 'prometheus',
          access: 'proxy',
          url: '$PROMETHEUS_URL',
          isDefault: true,
          editable: false,
          jsonData: {
            httpMethod: 'POST',
            timeInterval: '$SCRAPE_INTERVAL',
            ...(traces === undefined
              ? {}
              : { exemplarTraceIdDestinations: [{ name: TRACE_ID, url: linkOf(traces), urlDisplayLabel: 'Trace' }] }),
          },
        },
      ],
    },
    ['PROMETHEUS_URL and SCRAPE_INTERVAL come from whoever starts Grafana: docker-compose.yml or `promptmeter up`.'],
  );
}

/** Grafana reads `$` in these files as a variable of the environment, and `$$` as itself. */
function linkOf(traces: string): string {
  return traces.replaceAll('$', '$$$$').replaceAll(`{${TRACE_ID}}`, '$$$${__value.raw}');
}
