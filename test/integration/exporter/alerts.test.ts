import { withExporter } from '../../helpers/withExporter.js';

interface AlertsView {
  readonly firing: readonly Record<string, unknown>[];
  readonly resolved: readonly Record<string, unknown>[];
}

const alert = (fields: object = {}) => ({
  status: 'firing',
  labels: { alertname: 'AIErrorRatioHigh', severity: 'critical', model: 'gpt-4o' },
  annotations: { summary: 'Every third call fails', description: '33 % of the calls of the last 5 minutes.' },
  startsAt: '2026-11-23T08:00:00.123456789Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus:9090/graph?g0.expr=up',
  fingerprint: 'f1',
  ...fields,
});

/** What Alertmanager sends to a webhook. */
const delivery = (...alerts: readonly unknown[]) => ({
  version: '4',
  groupKey: '{}:{alertname="AIErrorRatioHigh"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'promptmeter',
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://alertmanager:9093',
  alerts,
});

const post = (url: string, body: unknown, type = 'application/json') =>
  fetch(`${url}/alerts`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const view = async (url: string): Promise<AlertsView> => (await (await fetch(`${url}/alerts`)).json()) as AlertsView;

const page = async (url: string): Promise<string> => {
  const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  return await (await fetch(`${url}/alerts`, { headers: { accept } })).text();
};

describe('POST /alerts', () => {
  test('receives an alert, writes one line for it and shows it firing', async () => {
    await withExporter({}, async ({ url, logger }) => {
      const response = await post(url, delivery(alert()));

      expect([response.status, await response.json()]).toEqual([200, { received: 1 }]);
      expect(logger.lines).toEqual([
        {
          level: 'warn',
          message: 'Alert firing: AIErrorRatioHigh',
          fields: {
            status: 'firing',
            alertname: 'AIErrorRatioHigh',
            severity: 'critical',
            summary: 'Every third call fails',
          },
        },
      ]);
      expect(await view(url)).toMatchObject({
        firing: [
          {
            alertname: 'AIErrorRatioHigh',
            severity: 'critical',
            summary: 'Every third call fails',
            labels: { model: 'gpt-4o' },
            startsAt: '2026-11-23T08:00:00.123Z',
            endsAt: null,
            generatorURL: 'http://prometheus:9090/graph?g0.expr=up',
          },
        ],
        resolved: [],
      });
    });
  });

  test('moves an alert that is resolved, with its end', async () => {
    await withExporter({}, async ({ url, logger }) => {
      await post(url, delivery(alert(), alert({ fingerprint: 'f2' })));
      await post(url, delivery(alert({ status: 'resolved', endsAt: '2026-11-23T08:10:00Z' })));

      const { firing, resolved } = await view(url);
      expect(firing).toMatchObject([{ id: 'f2' }]);
      expect(resolved).toMatchObject([{ id: 'f1', status: 'resolved', endsAt: '2026-11-23T08:10:00.000Z' }]);
      expect(logger.lines.map(({ level, message }) => [level, message])).toEqual([
        ['warn', 'Alert firing: AIErrorRatioHigh'],
        ['warn', 'Alert firing: AIErrorRatioHigh'],
        ['info', 'Alert resolved: AIErrorRatioHigh'],
      ]);
    });
  });

  test('takes a repeated delivery for the same alert', async () => {
    await withExporter({}, async ({ url }) => {
      const resolved = alert({ status: 'resolved', endsAt: '2026-11-23T08:10:00Z' });
      for (const sent of [alert(), alert(), resolved, resolved]) await post(url, delivery(sent));

      const shown = await view(url);
      expect([shown.firing.length, shown.resolved.length]).toEqual([0, 1]);
    });
  });

  test('tells alerts without a fingerprint apart by their labels', async () => {
    await withExporter({}, async ({ url }) => {
      const without = (model: string) => alert({ fingerprint: undefined, labels: { alertname: 'A', model } });
      await post(url, delivery(without('a'), without('b'), without('a')));

      expect((await view(url)).firing).toHaveLength(2);
    });
  });

  test('remembers the last 200 and forgets resolved ones first', async () => {
    await withExporter({}, async ({ url }) => {
      const many = (status: string, prefix: string, count: number) =>
        Array.from({ length: count }, (_, at) =>
          alert({ status, fingerprint: `${prefix}${at}`, endsAt: '2026-11-23T08:10:00Z' }),
        );
      await post(url, delivery(...many('resolved', 'r', 150), ...many('firing', 'f', 150)));
      const before = await view(url);
      await post(url, delivery(...many('firing', 'g', 400)));
      const after = await view(url);

      expect([before.firing.length, before.resolved.length]).toEqual([150, 50]);
      expect([after.firing.length, after.resolved.length]).toEqual([200, 0]);
      expect(after.firing.every(({ id }) => String(id).startsWith('g'))).toBe(true);
    });
  });

  test.each([
    ['JSON that is none', '{', 'the path or the body can not be understood'],
    ['a list', [], 'the body must be a JSON object'],
    ['a text', '"x"', 'the body must be a JSON object'],
    ['an old version', { ...delivery(), version: '3' }, 'version must be "4", as Alertmanager sends it'],
    ['no alerts', { version: '4' }, 'alerts must be a list of at most 1000 alerts'],
    ['too many alerts', delivery(...Array<number>(1001).fill(1)), 'alerts must be a list of at most 1000 alerts'],
    ['an alert that is none', delivery(alert(), null), 'alerts[1] must be a JSON object'],
    ['an unknown status', delivery(alert({ status: 'ok' })), 'alerts[0].status must be firing or resolved'],
    ['no labels', delivery(alert({ labels: undefined })), 'alerts[0].labels must be a JSON object'],
    ['a label that is no text', delivery(alert({ labels: { a: 1 } })), 'alerts[0].labels.a must be a text'],
    [
      'too many labels',
      delivery(alert({ labels: Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`l${at}`, ''])) })),
      'alerts[0].labels must have at most 64 entries',
    ],
    [
      'a time that is none',
      delivery(alert({ startsAt: 'now' })),
      'alerts[0].startsAt must be a time such as 2026-11-23T08:00:00Z',
    ],
    [
      'a resolution without an end',
      delivery(alert({ status: 'resolved', endsAt: undefined })),
      'alerts[0].endsAt must be a time such as 2026-11-23T08:00:00Z',
    ],
  ])('answers %s with 400 and a sentence, and keeps nothing of it', async (_name, body, message) => {
    await withExporter({}, async ({ url, logger }) => {
      const response = await post(url, body);

      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: { code: 'bad_request', message } });
      expect(await view(url)).toEqual({ firing: [], resolved: [] });
      expect(logger.lines).toEqual([]);
    });
  });

  test.each([
    ['more than 1 MB', 'application/json', JSON.stringify(delivery('x'.repeat(1_100_000))), 413],
    ['a form, as a page of another site could send it', 'application/x-www-form-urlencoded', 'a=b', 415],
    ['plain text, as a page of another site could send it', 'text/plain', '{}', 415],
    ['an encoding that nobody knows', 'application/json; charset=klingon', '{}', 415],
  ])('refuses %s', async (_name, type, body, status) => {
    await withExporter({}, async ({ url }) => {
      expect((await post(url, body, type)).status).toBe(status);
    });
  });
});

describe('hostile alerts', () => {
  const hostile = alert({
    labels: {
      alertname: 'X\n{"level":"error","message":"forged"}\u2028',
      severity: '"><script>alert(1)</script>',
      ['<img src=x onerror=alert(1)>']: "' onmouseover='alert(1)",
    },
    annotations: { summary: `<script>${'a'.repeat(100_000)}` },
    generatorURL: 'javascript:alert(1)',
  });

  test('write one line each, of bounded length', async () => {
    await withExporter({}, async ({ url, logger }) => {
      await post(url, delivery(hostile));

      const [line] = logger.lines;
      expect(logger.lines).toHaveLength(1);
      expect(line?.message).toBe('Alert firing: X {"level":"error","message":"forged"}');
      expect(String(line?.fields['summary']).length).toBeLessThanOrEqual(500);
    });
  });

  test('are text on the page, which may run no script', async () => {
    await withExporter({}, async ({ url }) => {
      await post(url, delivery(hostile));

      const html = await page(url);
      expect(html).not.toMatch(/<script|<img|javascript:|onmouseover='/i);
      expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;=&quot;&#39; onmouseover=&#39;alert(1)&quot;');
    });
  });

  test('named __proto__ are labels like any other', async () => {
    await withExporter({}, async ({ url }) => {
      const labels = '{"alertname":"A","__proto__":"p","constructor":"c"}';
      await post(url, JSON.stringify(delivery(alert({ labels: 'L' }))).replace('"L"', labels));

      expect(JSON.stringify((await view(url)).firing[0]?.['labels'])).toBe(labels);
    });
  });
});

describe('GET /alerts', () => {
  test('is a page for browsers, with a policy that lets it run and load nothing', async () => {
    await withExporter({}, async ({ url }) => {
      await post(url, delivery(alert()));
      await post(url, delivery(alert({ fingerprint: 'f2', status: 'resolved', endsAt: '2026-11-23T09:00:00Z' })));
      const response = await fetch(`${url}/alerts`, { headers: { accept: 'text/html' } });
      const html = await response.text();

      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; frame-ancestors 'none'$/,
      );
      for (const text of [
        'Firing (1)',
        'Recently resolved (1)',
        'AIErrorRatioHigh',
        'Every third call fails',
        'model=&quot;gpt-4o&quot;',
        '2026-11-23 08:00:00',
        '2026-11-23 09:00:00',
        'href="http://prometheus:9090/graph?g0.expr=up"',
      ]) {
        expect(html).toContain(text);
      }
    });
  });

  test('says so when there is nothing', async () => {
    await withExporter({}, async ({ url }) => {
      expect(await page(url)).toContain('Nothing fires.');
      expect(await view(url)).toEqual({ firing: [], resolved: [] });
    });
  });

  test.each([[{}], [{ accept: '*/*' }], [{ accept: 'application/json' }]])(
    'is JSON for a program that sends %p',
    async (headers) => {
      await withExporter({}, async ({ url }) => {
        const response = await fetch(`${url}/alerts`, { headers });

        expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      });
    },
  );
});
