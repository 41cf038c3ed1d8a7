// What stands still: the stylesheet, the icon, and a word to crawlers.
import type { Hono } from 'hono';
import { ICON, ICON_PATH } from '../pages/shell.ts';
import { STYLE, STYLE_PATH } from '../pages/style.ts';
import type { Env } from './site.ts';

const ROBOTS = 'User-agent: *\nDisallow: /search\nDisallow: /subscribe\nDisallow: /email/\n';
const FOR_GOOD = 'public, max-age=31536000, immutable';
const A_DAY = 'public, max-age=86400';

export function staticRoutes(app: Hono<Env>): void {
  const serve = (path: string, type: string, body: string, caching: string) => app.get(path, (c) => c.body(body, 200, { 'content-type': type, 'cache-control': caching }));
  serve(STYLE_PATH, 'text/css; charset=utf-8', STYLE, FOR_GOOD);
  serve(ICON_PATH, 'image/svg+xml', ICON, A_DAY);
  serve('/robots.txt', 'text/plain; charset=utf-8', ROBOTS, A_DAY);
  app.get('/favicon.ico', (c) => c.redirect(ICON_PATH, 301));
}
