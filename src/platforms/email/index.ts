// E-mail: roundups over SMTP, to addresses that have agreed to them.
import type { Platform } from '../../core/platform.ts';
import { connect } from './connect.ts';
import { render } from './letter.ts';
import { checkEnv } from './settings.ts';

export const email: Platform = {
  name: 'email',
  env: { SMTP_URL: 'required', MAIL_FROM: 'required', PUBLIC_URL: 'optional' },
  checkEnv,
  seals: () => 'the links in its mails are sealed with it',
  can: { thread: false, actions: false, silent: false, links: false },
  onePost: true,
  spread: true,
  // Whoever has the address: nobody else gets as far as a call.
  managers: 'guest',
  render,
  renderAnswer: ({ doc }) => render(doc),
  connect: (io) => connect(io),
};
