/** What is on the path of every call is put together field by field: spreading several objects takes many times as long. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
