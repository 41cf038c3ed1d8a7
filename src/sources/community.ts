// Papers that people hand in with `/paper submit`: nothing to fetch, they come one by one (see core/submission.ts).
import { COMMUNITY } from '../core/submission.ts';
import type { PaperSource, SourceItem } from '../core/source.ts';

export const community: PaperSource = {
  name: COMMUNITY,
  kind: 'people',
  fetch: () => nothing(),
};

async function* nothing(): AsyncGenerator<SourceItem> {}
