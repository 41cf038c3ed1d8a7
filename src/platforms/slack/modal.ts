// Opening modals: over a channel or the Home, on another modal, or in its place.
import type { ViewOutput, webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { wordsOf } from '../../core/errors.ts';

/** What was pressed or typed, for 3 s, and in which view, where it was in one. */
export interface Trigger {
  trigger: string;
  over?: ViewOutput | undefined;
}

/** The id of the view. Throws what the client throws. Three modals stand on each other at the most: a fourth takes the place of the third. */
export async function openModal(client: webApi.WebClient, token: string, { trigger, over }: Trigger, view: ModalView): Promise<string> {
  const onModal = over?.type === 'modal' ? over : undefined;
  if (onModal?.previous_view_id && onModal.previous_view_id !== onModal.root_view_id) {
    await client.views.update({ token, view_id: onModal.id, view });
    return onModal.id;
  }
  const asked = { token, trigger_id: trigger, view };
  const opened = await (onModal ? client.views.push(asked) : client.views.open(asked));
  return opened.view!.id!;
}

/** True when a view was refused for its hash: another one has been shown since. */
export function isOutdated(error: unknown): boolean {
  return wordsOf(error).includes('hash_conflict');
}
