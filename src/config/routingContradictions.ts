import { z } from 'zod';
import type { ConfigurationProblem } from '../errors.js';
import type { Config } from './Config.js';
import { seconds } from './duration.js';
import { suggestion } from './nearest.js';
import { ROUTED_SEVERITIES } from './routing.js';

/** Routes to nobody, receivers that nothing goes to, and times that begin after they end. */
export function routingContradictions({ receivers, routing }: Config): ConfigurationProblem[] {
  const known = receivers.map(({ name }) => name);
  const uses = [
    ...ROUTED_SEVERITIES.flatMap((severity) =>
      routing.bySeverity[severity].map((name, index) => ({ path: ['routing', severity, index], name })),
    ),
    ...routing.routes.flatMap((route, at) =>
      route.receivers.map((name, index) => ({ path: ['routing', 'routes', at, 'receivers', index], name })),
    ),
    ...(routing.watchdog === undefined ? [] : [{ path: ['routing', 'watchdog'], name: routing.watchdog }]),
  ];
  const unknown = uses
    .filter(({ name }) => !known.includes(name))
    .map(({ path, name }) => ({
      path: z.core.toDotPath(path),
      message: `there is no receiver ${name}; ${known.length === 0 ? 'name it under receivers' : suggestion(name, known)}`,
    }));
  const idle = known
    .filter((name) => !uses.some((use) => use.name === name))
    .map((name) => ({
      path: 'receivers',
      message: `nothing goes to ${name}; name it under routing.critical, warning, info, watchdog or routes`,
    }));
  return [...unknown, ...idle, ...wrongTimes(routing)];
}

function wrongTimes({ mute, groupInterval, repeatInterval }: Config['routing']): ConfigurationProblem[] {
  const backwards = mute.flatMap(({ times }, at) =>
    times.flatMap((time, index) => {
      const [from = '', to = ''] = time.split('-');
      if (from < to) return [];
      const message = `${time} ends before it begins; write ${from}-24:00 and 00:00-${to}`;
      return [{ path: `routing.mute[${at}].times[${index}]`, message }];
    }),
  );
  if (seconds(repeatInterval) >= seconds(groupInterval)) return backwards;
  const message = `it is shorter than groupInterval (${groupInterval}), at which alerts are told at most; lengthen it`;
  return [...backwards, { path: 'routing.repeatInterval', message }];
}
