// A mail server on the loopback: takes mails as a real one does, and refuses, hangs up or keeps silent where a test says so.
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What goes wrong with the next mails: an answer of the server's, or none. */
export type MailFault = { at: 'sender' | 'address' | 'mail'; says: string } | 'cut after the mail' | 'cut before the mail' | 'silent after the mail';

export interface Received extends ParsedMail {
  /** The envelope: to whom the server was told to deliver it. */
  for: string[];
  /** As it came over the line. */
  raw: string;
}

export interface MailServer {
  /** For SMTP_URL. */
  url: string;
  mails: Received[];
  /** The next mails end like this. */
  fail(fault: MailFault, times?: number): void;
  connections(): number;
  stop(): Promise<void>;
}

export interface MailServerOptions {
  /** The one user and password that may hand mail in. */
  login?: { user: string; password: string };
  /** Without STARTTLS. */
  plain?: boolean;
}

export async function startMailServer({ login, plain = true }: MailServerOptions = {}): Promise<MailServer> {
  const mails: Received[] = [];
  const faults: MailFault[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: !login,
    hideSTARTTLS: plain,
    disabledCommands: plain ? ['STARTTLS'] : [],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === login?.user && password === login?.password ? done(null, { user: username }) : done(refusal('535 5.7.8 Authentication failed')),
    onMailFrom: (_address, _session, done) => done(next('sender')),
    onRcptTo: (_address, _session, done) => done(next('address')),
    onData(stream, session, done) {
      if (faults[0] === 'cut before the mail') {
        faults.shift();
        hangUp();
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const fault = next('mail');
        if (fault) return done(fault);
        void keep(Buffer.concat(chunks), session.envelope.rcptTo.map(({ address }) => address)).then(() => {
          const lost = faults[0];
          if (lost === 'cut after the mail' || lost === 'silent after the mail') {
            faults.shift();
            if (lost === 'cut after the mail') hangUp();
            return;
          }
          done();
        });
      });
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.server.address() as AddressInfo;

  function hangUp(): void {
    for (const socket of sockets) socket.destroy();
  }

  async function keep(raw: Buffer, to: string[]): Promise<void> {
    mails.push({ ...(await simpleParser(raw)), for: to, raw: raw.toString('latin1') });
  }

  function next(at: 'sender' | 'address' | 'mail'): Error | null {
    const [fault] = faults;
    if (typeof fault !== 'object' || fault.at !== at) return null;
    faults.shift();
    return refusal(fault.says);
  }

  const who = login ? `${login.user}:${login.password}@` : '';
  return {
    url: `smtp://${who}127.0.0.1:${port}`,
    mails,
    fail: (fault, times = 1) => void faults.push(...Array.from({ length: times }, () => fault)),
    connections: () => sockets.size,
    async stop() {
      hangUp();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** `550 5.1.1 No such user` as the library's handlers give it. */
function refusal(says: string): Error {
  const [, code, words] = /^(\d{3}) (.*)$/.exec(says)!;
  return Object.assign(new Error(words), { responseCode: Number(code) });
}
