import type { Command } from '../../command.ts';
import { note } from '../../core/doc.ts';
import { ACKNOWLEDGEMENT } from '../../core/roundup.ts';
import { helpVerb } from '../help.ts';
import { exportVerb } from './export.ts';
import { find } from './find.ts';
import { forgetMe } from './forget-me.ts';
import { note as noteVerb } from './note.ts';
import { notForUs } from './not-for-us.ts';
import { readList } from './read-list.ts';
import { post } from './post.ts';
import { read, unread } from './read.ts';
import { save } from './save.ts';
import { saved } from './saved.ts';
import { similar } from './similar.ts';
import { submit } from './submit.ts';
import { trending } from './trending.ts';
import { vote } from './vote.ts';

export const paper: Command = {
  name: 'paper',
  summary: 'Look papers up: words, an arXiv id, or a link',
  fallback: 'find',
  verbs: [find, similar, trending, post, submit, save, saved, noteVerb, read, unread, readList, exportVerb, vote, notForUs, forgetMe, helpVerb('paper', [note('For a daily roundup in a channel: /roundup help.'), note(ACKNOWLEDGEMENT)])],
};
