// What both platforms' messages are made of that can be used: links, and the choices of menus.
import { html, type Html } from '../../../src/core/html.ts';

/** Addresses as people write them, without the full stop or question mark behind them. */
export const ADDRESSES = /(https?:\/\/[^\s<>]*[^\s<>.,!?;:)])/g;

/** A link that leaves the page; text alone where the address is none of the web. */
export function webLink(url: string, words: Html, look?: string): Html {
  if (!/^https?:\/\//i.test(url)) return words;
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer"${look === undefined ? undefined : html` class="${look}"`}>${words}</a>`;
}

/** The options of a menu, under its placeholder where nothing is chosen yet. */
export function optionsOf(options: { label: string; value: string }[], chosen: string | undefined, placeholder: string | undefined): Html {
  const first = placeholder !== undefined && chosen === undefined ? html`<option value="" selected disabled>${placeholder}</option>` : undefined;
  return html`${first}${options.map(({ label, value }) => html`<option value="${value}"${value === chosen ? html` selected` : undefined}>${label}</option>`)}`;
}
