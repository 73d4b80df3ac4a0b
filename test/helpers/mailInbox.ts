import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server that keeps what it is sent. */
export interface MailInbox {
  /** `host:port`. */
  readonly address: string;
  /** Headers and text of each mail, oldest first. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** Takes every mail without TLS or a login, on a free port. https://www.rfc-editor.org/rfc/rfc5321 */
export async function mailInbox(): Promise<MailInbox> {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let lines: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 inbox');
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => {
      if (lines !== undefined && line !== '.') lines.push(line);
      else if (lines !== undefined) {
        mails.push(lines.join('\n'));
        lines = undefined;
        say('250 kept');
      } else if (/^DATA$/i.test(line)) {
        lines = [];
        say('354 go on');
      } else if (/^QUIT$/i.test(line)) socket.end('221 bye\r\n');
      else say('250 ok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
