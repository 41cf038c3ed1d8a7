// Paperround in a browser, without any account: `npm run playground`.
import { wordsOf } from '../../src/core/errors.ts';
import { openPlayground } from './open.ts';

console.log('Opening the playground …');
const playground = await openPlayground({ port: Number(process.env.PORT ?? 0) });
console.log(`Paperround as Slack and Discord show it: ${playground.url}\nCtrl-C ends it, and what was said is forgotten.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    playground.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(wordsOf(error));
        process.exit(1);
      },
    );
  });
}
