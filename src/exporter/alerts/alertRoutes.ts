import express, { Router, type Request, type Router as RouterType } from 'express';
import { sendPage } from '../html.js';
import { allowOnly, requireJson } from '../httpEdges.js';
import type { ExporterLogger } from '../ports.js';
import { sendError } from '../sendError.js';
import type { Alert } from './Alert.js';
import { AlertHistory } from './AlertHistory.js';
import { alertsPage } from './alertsPage.js';
import { readWebhook } from './readWebhook.js';

const MAX_BODY = '1mb';
const RELOAD_SECONDS = 15;

/** Receives what Alertmanager delivers, writes one log line for each alert, and shows what was received. */
export function alertRoutes(logger: ExporterLogger | undefined): RouterType {
  const history = new AlertHistory();
  const router = Router();
  router.post('/', requireJson, express.json({ limit: MAX_BODY, strict: false }), (request, response) => {
    const read = readWebhook(request.body, new Date());
    if ('problem' in read) {
      sendError(response, 400, 'bad_request', read.problem);
      return;
    }
    for (const alert of read.alerts) {
      history.add(alert);
      log(logger, alert);
    }
    response.json({ received: read.alerts.length });
  });
  router.get('/', (request, response) => {
    const { firing, resolved } = history;
    if (wantsPage(request)) sendPage(response, 'Promptmeter: alerts', alertsPage(history), RELOAD_SECONDS);
    else response.json({ firing, resolved });
  });
  router.all('/', allowOnly('GET', 'HEAD', 'POST'));
  return router;
}

/** True for a browser; programs that accept anything get JSON. */
export function wantsPage(request: Request): boolean {
  return request.accepts(['json', 'html']) === 'html';
}

function log(logger: ExporterLogger | undefined, alert: Alert): void {
  const { status, alertname, severity, summary } = alert;
  const level = status === 'firing' ? 'warn' : 'info';
  logger?.[level](`Alert ${status}: ${alertname}`, { status, alertname, severity, summary });
}
