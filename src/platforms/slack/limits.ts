/**
 * What one Slack message may hold, in UTF-16 units unless said otherwise. Where Slack publishes no number, or
 * another than it keeps to, there is a margin.
 */
export const MOST = {
  /** Blocks in a message. Slack: 50 (Block Kit reference). */
  blocks: 45,
  /** Bytes of all blocks as JSON. Slack answers `msg_blocks_too_long` from about 13,200 (slackapi/bolt-js#2509). */
  total: 12_000,
  /** Text of one block. Slack: 3,000 for a section; rich_text is held to the same. */
  block: 3_000,
  /** The title of an item: longer than any paper's, so that a title is never cut in practice. */
  title: 1_000,
  /** The line of facts under a title. */
  facts: 600,
  /** Text of a context element. Slack: 2,000. */
  note: 2_000,
  /** Slack: 150. */
  header: 150,
  /** Buttons side by side. Slack allows 25 and shows five well. */
  row: 5,
  /** Slack: 75 for a button's text, and 75 for what a screen reader says instead. */
  label: 75,
  /** Slack: 3,000. */
  url: 3_000,
  /** The top-level `text`. Slack advises 4,000 and truncates at 40,000; escaping can make it five times longer. */
  text: 3_000,
  /** Messages through one response_url. Slack: 5 in 30 minutes; one is kept back for a plain-text second try. */
  responses: 4,
  /** Blocks in a Home or a modal. Slack: 100. */
  viewBlocks: 100,
  /** Bytes of such a view as JSON. Slack: 250 kB (reference of views.open, `view_too_large`). */
  view: 240_000,
  /** Title and buttons of a modal. Slack: 24. */
  viewTitle: 24,
} as const;

/** Milliseconds for which an answer is waited for. Slack closes its ears after 3 s, to an acknowledgement as to a trigger_id. */
export const WAIT_MS = 2_300;
