/** What a caller sees of an error, without what differs from run to run. */
export interface SeenError {
  readonly className: string;
  readonly name: unknown;
  readonly message: unknown;
  readonly status: unknown;
  readonly code: unknown;
  readonly type: unknown;
  readonly param: unknown;
  readonly requestID: unknown;
  readonly cause: unknown;
}

export interface Outcome {
  /** What came, in order. */
  readonly seen: readonly unknown[];
  readonly error: SeenError | undefined;
}

/** Runs a call that hands over what it sees, and tells how it went for the caller. */
export async function outcomeOf(call: (see: (value: unknown) => void) => Promise<void>): Promise<Outcome> {
  const seen: unknown[] = [];
  try {
    await call((value) => void seen.push(value));
    return { seen, error: undefined };
  } catch (error) {
    return { seen, error: describe(error) };
  }
}

function describe(error: unknown): SeenError {
  const fields = error as Record<string, unknown>;
  const cause = fields['cause'] as Record<string, unknown> | undefined;
  return {
    className: (error as object).constructor.name,
    name: fields['name'],
    message: fields['message'],
    status: fields['status'],
    code: fields['code'],
    type: fields['type'],
    param: fields['param'],
    requestID: fields['requestID'],
    cause: cause && causeOf(cause),
  };
}

/** A connection that the other side drops shows as either of two errors, by what the platform comes upon first. */
function causeOf(cause: Record<string, unknown>): unknown {
  const { code, name } = cause;
  return code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' ? 'connection lost' : [cause.constructor.name, name, code];
}
