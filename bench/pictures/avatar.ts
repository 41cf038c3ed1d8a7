// Paperround's face: a sheet with a bookmark.
import { html, type Html } from '../../src/core/html.ts';

/** The bot's picture as a square of `size` pixels. */
export function avatar(size: number): Html {
  return html`<svg class="avatar" width="${size}" height="${size}" viewBox="0 0 36 36">
    <rect width="36" height="36" fill="#1d3557"/>
    <path d="M10 8.500h11l5 5V27.500H10Z" fill="#f1faee"/>
    <path d="M21 8.500v5h5Z" fill="#a8dadc"/>
    <path d="M13 16.500h10M13 20h10M13 23.500h6" stroke="#457b9d" stroke-width="1.6" stroke-linecap="round"/>
    <path d="M13 5.5h4v8l-2-1.6-2 1.6Z" fill="#e63946"/>
  </svg>`;
}
