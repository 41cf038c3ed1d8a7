// A document as the preview of a link. chat.unfurl takes no rich_text, so titles and lines are plain_text.
import type { ContextBlock, KnownBlock, MessageAttachment, PlainTextElement } from '@slack/types';
import { plainOf, type Block, type Doc, type Span } from '../../core/doc.ts';
import type { LinkPreview } from '../../core/linked.ts';
import { clip } from '../../core/text.ts';
import { buttonOf, isLink } from './blocks.ts';
import { MOST } from './limits.ts';
import { escapeText } from './markup.ts';

/** Pure. Of each document, by its link: the items' titles, facts and bodies, the notes, and one row of its buttons. */
export function unfurlsOf(previews: LinkPreview[], workspace: string): Record<string, MessageAttachment> {
  return Object.fromEntries(previews.map(({ url, doc }, at) => [url, { fallback: escapeText(clip(doc.summary, MOST.text)), blocks: [...doc.blocks.flatMap(blocksOf), ...rowOf(doc, `team:${workspace}/${at}`)] }]));
}

/**
 * The workspace whose preview has this block; undefined for any other block. Of a press in a preview Slack tells no message,
 * and in a channel that is shared with others the team of who pressed.
 */
export function teamOfBlock(blockId: string): string | undefined {
  return /^team:(.+)\/\d+$/.exec(blockId)?.[1];
}

function rowOf({ actions = [] }: Doc, blockId: string): KnownBlock[] {
  const elements = actions.slice(0, MOST.row).map((action, at) => buttonOf(action, at + 1));
  return elements.length ? [{ type: 'actions', block_id: blockId, elements }] : [];
}

function blocksOf(block: Block): KnownBlock[] {
  if (block.kind === 'note') return contextOf(block.spans);
  if (block.kind === 'code') return sectionOf(block.text);
  if (block.kind === 'text') return sectionOf(plainOf(block.spans));
  const title = plainOf([block.title]);
  // A heading would cut a longer title.
  const heading: KnownBlock[] = title.trim() && title.length <= MOST.header ? [{ type: 'header', text: plain(title) }] : sectionOf(title);
  return [...heading, ...contextOf([(block.facts ?? []).join(' · ')]), ...sectionOf(block.body ?? '')];
}

function sectionOf(text: string): KnownBlock[] {
  return text.trim() ? [{ type: 'section', text: plain(clip(text, MOST.block)) }] : [];
}

// Only a link needs markup, and then no word beside it may be any.
function contextOf(spans: Span[]): ContextBlock[] {
  const text = plainOf(spans);
  if (!text.trim()) return [];
  const linked = spans.some((span) => typeof span !== 'string' && isLink(span.url)) && text.length <= MOST.facts;
  return [{ type: 'context', elements: [linked ? { type: 'mrkdwn', text: spans.map(markedUp).join(''), verbatim: true } : plain(clip(text, MOST.note))] }];
}

function markedUp(span: Span): string {
  const { text, url } = typeof span === 'string' ? { text: span } : span;
  const words = escapeText(text.replace(/[*_~`|]/g, (mark) => LOOK_ALIKES[mark]!));
  return isLink(url) ? `<${escapeText(new URL(url).href.replaceAll('|', '%7C'))}|${words}>` : words;
}

/** Slack has no escape for these. */
const LOOK_ALIKES: Record<string, string> = { '*': '∗', _: '＿', '~': '∼', '`': 'ˋ', '|': '∣' };

function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}
