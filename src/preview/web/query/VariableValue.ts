/** What a variable stands for at this moment. */
export interface VariableValue {
  /** More than one when the variable takes several. */
  readonly values: readonly string[];
  /** What is shown: `All` or the values. */
  readonly text: string;
  readonly isAll: boolean;
  /** Stands for all as it is, unescaped, such as `.*`. Empty when the values do. */
  readonly allValue: string;
  /** Several values can be chosen, so queries compare with `=~`. */
  readonly isRegex: boolean;
}

/** Variables by name. */
export type Scope = Readonly<Record<string, VariableValue>>;

/** A variable that stands for one fixed text. */
export function fixed(text: string): VariableValue {
  return { values: [text], text, isAll: false, allValue: '', isRegex: false };
}
