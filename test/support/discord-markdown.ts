// Reads escaped Discord markdown back as the plain text that a person sees.

/** The text behind escapes, bracketed addresses and broken pings. */
export function unescape(markdown: string): string {
  return markdown.replace(/\\([^0-9A-Za-z\s])|<(https?:\/\/[^\s>]+)>|\u200b/g, (_, mark?: string, url?: string) => mark ?? url ?? '');
}
