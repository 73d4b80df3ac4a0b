/** A proxy in a process of its own. */
export interface RunningProxy {
  readonly url: string;
  /** Lines of a request's head that it asks for. */
  readonly headers?: string;
  /** Processor time of the process since it began. */
  cpuMicroseconds(): Promise<number>;
  stop(): void;
}
