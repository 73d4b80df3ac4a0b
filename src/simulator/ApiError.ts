/** Fields of the `error` object in an answer of the API. */
export interface ApiErrorFields {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** An answer that refuses the call, in the shape of the API. Thrown by endpoints, answered by the server. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly fields: ApiErrorFields,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(fields.message);
  }

  get body(): { readonly error: ApiErrorFields } {
    return { error: this.fields };
  }

  withHeaders(headers: Readonly<Record<string, string>>): ApiError {
    return new ApiError(this.status, this.fields, { ...headers, ...this.headers });
  }
}

/** 400 for a parameter that is missing or has a value that is not allowed. */
export function invalidRequest(message: string, param: string | null = null, code: string | null = null): ApiError {
  return new ApiError(400, { message, type: 'invalid_request_error', param, code });
}

export function missingParameter(param: string): ApiError {
  return invalidRequest(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
}

export function modelNotFound(model: string): ApiError {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return new ApiError(404, { message, type: 'invalid_request_error', param: null, code: 'model_not_found' });
}

export function unknownUrl(method: string, path: string): ApiError {
  const message = `Invalid URL (${method} ${path})`;
  return new ApiError(404, { message, type: 'invalid_request_error', param: null, code: null });
}

export function wrongMethod(method: string, path: string): ApiError {
  const message = `Not allowed to ${method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`;
  return new ApiError(405, { message, type: 'invalid_request_error', param: null, code: 'method_not_supported' });
}

export function notAuthenticated(key: string | undefined): ApiError {
  const message =
    key === undefined
      ? "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
      : 'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.';
  return new ApiError(401, { message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' });
}

export function unreadableJson(): ApiError {
  return invalidRequest(
    'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)',
  );
}

export function bodyTooLarge(limit: number): ApiError {
  const message = `Maximum content size limit (${limit}) exceeded.`;
  return new ApiError(413, { message, type: 'invalid_request_error', param: null, code: 'request_too_large' });
}
