import { fork } from 'node:child_process';

/** This program once more, in a process of its own that answers what it is asked. */
export class Child<Message extends string | object> {
  readonly #child;

  constructor(private readonly args: readonly string[]) {
    this.#child = fork(process.argv[1] ?? '', args);
  }

  ask(message: Message): Promise<unknown> {
    const answer = this.next();
    this.#child.send(message);
    return answer;
  }

  next(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Error(`the process of ${this.args.join(' ')} ended`));
      this.#child.once('exit', onExit);
      this.#child.once('message', (message) => {
        this.#child.off('exit', onExit);
        resolve(message);
      });
    });
  }

  stop(): void {
    this.#child.kill();
  }
}
