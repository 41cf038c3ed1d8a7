// The first word in somebody's direct messages: it shows that they get there, before a digest is promised.
import type { Call, ChannelRef } from '../core/chat.ts';
import type { ChatAdapter, Platform } from '../core/platform.ts';
import { say, type Doc } from '../core/doc.ts';
import { NotAllowed } from '../core/errors.ts';
import { directOf } from '../core/keys.ts';

/** Says it, and returns where that was. Throws as `post` does; NotAllowed on a platform that has no direct messages. */
export async function openDirect(call: Call, { platforms, adapters }: { platforms: Platform[]; adapters: Map<string, ChatAdapter> }): Promise<ChannelRef> {
  const direct = directOf(call);
  const platform = platforms.find(({ name }) => name === direct.platform);
  const adapter = adapters.get(direct.platform);
  if (!platform || !adapter?.tell) throw new NotAllowed('no_direct_messages', 'There are no direct messages here.');
  const [payload] = platform.render(firstWord());
  return { ...direct, id: await adapter.tell(direct, payload!) };
}

function firstWord(): Doc {
  return {
    ...say('Your own digest of papers will come here, as you asked. Nobody else sees it.'),
    actions: [
      { label: 'What it follows', says: 'What it follows, your own digest, and when it comes', call: { name: 'roundup', text: 'me list' } },
      { label: 'Turn it off', says: 'Turn it off: your own digest', call: { name: 'roundup', text: 'me off' } },
    ],
  };
}
