import { modelNotFound } from '../ApiError.js';
import { findModel, type SimulatedModel } from '../models.js';

export const MODELS_PATH = '/v1/models';

/** GET /v1/models */
export function listModels(models: readonly SimulatedModel[]): unknown {
  return { object: 'list', data: models.map((model) => describe(model, model.name)) };
}

/** GET /v1/models/{id}. Throws an ApiError of 404 when there is none. */
export function getModel(models: readonly SimulatedModel[], id: string): unknown {
  const model = findModel(models, id);
  if (model === undefined) throw modelNotFound(id);
  return describe(model, id);
}

function describe({ created }: SimulatedModel, id: string): unknown {
  return { id, object: 'model', created, owned_by: 'system' };
}
