// Buttons that several answers about a roundup have, said of a channel's or of somebody's own digest.
import { press, type Action } from '../../core/doc.ts';
import type { Voice } from './voice.ts';

export function previewPress(voice: Voice): Action {
  return press('Preview', voice('Preview the roundup of this channel', 'Preview your digest'), 'roundup', 'preview');
}

export function pausePress(voice: Voice): Action {
  return press('Pause', voice('Pause the roundup of this channel', 'Pause your digest'), 'roundup', 'pause');
}

/** `label`: what it is called where more than a pause ends. */
export function resumePress(voice: Voice, label = 'Resume'): Action {
  return press(label, `${label} ${voice('the roundup of this channel', 'your digest')}`, 'roundup', 'resume');
}
