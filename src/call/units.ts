/** Images that a call made, all of one size and quality as the API names them (`1024x1024`, `hd`). */
export interface ImageUnits {
  readonly count: number;
  readonly size?: string | undefined;
  readonly quality?: string | undefined;
}

/** What the API bills a call by where it doesn't bill it by tokens. An absent field is unknown or was not used. */
export interface BilledUnits {
  readonly images?: ImageUnits | undefined;
  /** Length of the audio that went in, in seconds. */
  readonly audioSeconds?: number | undefined;
  /** Characters that were spoken. */
  readonly characters?: number | undefined;
}
