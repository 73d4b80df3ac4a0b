import { asRecord, asString } from '../../call/guards.js';
import { invalidRequest, missingParameter, modelNotFound } from '../ApiError.js';
import { findModel, type ModelKind, type SimulatedModel } from '../models.js';
import type { ApiCall } from './ApiCall.js';

/** The model that a body names. Throws an ApiError when there is none or when it is not for this endpoint. */
export function requireModel({ body, models }: ApiCall, kind: ModelKind, fallback?: string): SimulatedModel {
  const name = asString(body['model']) ?? fallback;
  if (name === undefined) throw invalidRequest('you must provide a model parameter');
  const model = findModel(models, name);
  if (model === undefined) throw modelNotFound(name);
  if (model.kind !== kind) throw invalidRequest(`The model \`${name}\` cannot be used with this endpoint.`, 'model');
  return model;
}

/** A whole number from `least` to `most`, or undefined when the parameter is absent. */
export function integer(body: ApiCall['body'], param: string, least: number, most: number): number | undefined {
  const value = body[param];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw invalidRequest(`Invalid type for '${param}': expected an integer.`, param, 'invalid_type');
  }
  if (value < least) {
    const message = `Invalid '${param}': integer below minimum value. Expected a value >= ${least}, but got ${value} instead.`;
    throw invalidRequest(message, param, 'integer_below_min_value');
  }
  if (value > most) {
    const message = `Invalid '${param}': integer above maximum value. Expected a value <= ${most}, but got ${value} instead.`;
    throw invalidRequest(message, param, 'integer_above_max_value');
  }
  return value;
}

/** A list with at least one entry. */
export function requireList(body: ApiCall['body'], param: string): readonly unknown[] {
  const value = body[param];
  if (value === undefined || value === null) throw missingParameter(param);
  if (!Array.isArray(value)) {
    throw invalidRequest(`Invalid type for '${param}': expected an array of objects.`, param, 'invalid_type');
  }
  if (value.length === 0) {
    const message = `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`;
    throw invalidRequest(message, param, 'empty_array');
  }
  return value;
}

/** The text of a message's content: a string, or parts of which some hold text. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => asString(asRecord(part)?.['text']) ?? '').join('');
}

/** The tier that answered, for the tier that was asked for. */
export function serviceTier(body: ApiCall['body']): string {
  const asked = asString(body['service_tier']);
  return asked === undefined || asked === 'auto' ? 'default' : asked;
}
