// The look of the pages: one stylesheet, by its digest, so that browsers may keep it for good.
import { createHash } from 'node:crypto';
import { LISTS } from './style-lists.ts';

/** Colours with a contrast of 4.5 to 1 and more on their grounds, in light and dark (WCAG 2.2, 1.4.3). */
const BASE = `
:root{color-scheme:light dark;--ground:#fbfaf7;--sheet:#fff;--ink:#1f1d1a;--soft:#5c574f;--line:#e3dfd6;--link:#0b5560;--accent:#9a4d0b;--mark:#fdf3e3;--press:#0b5560;--on-press:#fff;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,Charter,"Noto Serif","Source Serif 4",Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Lato,sans-serif;--mono:ui-monospace,"JetBrains Mono",Menlo,Consolas,monospace}
@media screen and (prefers-color-scheme:dark){:root{--ground:#16171a;--sheet:#1d1f23;--ink:#e8e5df;--soft:#a9a49b;--line:#33363c;--link:#7fd0d6;--accent:#f0b26a;--mark:#2a2418;--press:#7fd0d6;--on-press:#10292c}}
*{box-sizing:border-box}
html{font:100%/1.55 var(--sans);background:var(--ground);color:var(--ink);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:0 1.25rem;max-width:52rem;overflow-wrap:break-word}
h1,h2{font-family:var(--serif);font-weight:600;line-height:1.25;text-wrap:balance;margin:0}
h1{font-size:clamp(1.7rem,1.3rem + 2vw,2.3rem);letter-spacing:-.01em}
p{margin:.5rem 0}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:.19rem solid var(--accent);outline-offset:.15rem;border-radius:.15rem}
main:focus{outline:none}
ul,ol{list-style:none;margin:0;padding:0}
code,pre{font-family:var(--mono);font-size:.88em}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;padding:.6rem 1rem;background:var(--press);color:var(--on-press);z-index:1}
.skip:focus{top:.5rem}
input,select,button{font:inherit;color:inherit;min-height:2.6rem;padding:.35rem .75rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--sheet);max-width:100%}
input::placeholder{color:var(--soft);opacity:1}
button{background:var(--press);border-color:var(--press);color:var(--on-press);font-weight:600;cursor:pointer}
button:hover{filter:brightness(1.1)}
input[type=checkbox]{min-height:0;width:1.15rem;height:1.15rem;margin:.25rem .5rem 0 0;flex:none;accent-color:var(--press)}
[aria-invalid=true]{border-color:var(--accent);border-width:2px}
.top{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.5rem;padding:1rem 0;border-bottom:1px solid var(--line)}
.name{display:inline-flex;align-items:center;gap:.45rem;min-height:2.2rem;font-family:var(--serif);font-size:1.2rem;font-weight:600;color:var(--ink);text-decoration:none}
.name svg{color:var(--accent)}
.top nav ul{display:flex;gap:.25rem}
.top nav a{display:block;padding:.35rem .6rem;border-radius:.4rem;color:var(--soft);text-decoration:none}
.top nav a:hover,.top nav a[aria-current]{color:var(--ink);background:var(--mark)}
.top nav a[aria-current]{font-weight:600}
.search{display:flex;gap:.4rem;flex:1 1 14rem;min-width:0}
.search input{flex:1;min-width:0}
.search button{background:none;border-color:var(--soft);color:var(--ink);font-weight:400}
.foot{margin-top:3.5rem;padding:1.25rem 0 2.5rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
.banner{margin:1.5rem 0 0;padding:1.1rem 1.25rem 1rem;background:var(--mark);border:1px solid var(--line);border-radius:.7rem}
.banner h2{font-size:1.2rem}
.banner p{margin:.6rem 0 0;font-size:.925rem;color:var(--soft)}
.banner form{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.7rem}
.banner input[type=email]{flex:1 1 14rem}
.notice{padding:.7rem 1rem;background:var(--mark);border-left:.25rem solid var(--accent)}
.form p{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1rem}
.form label{min-width:9rem}
.form input[type=email]{flex:1 1 16rem;max-width:24rem}
.form fieldset{border:1px solid var(--line);border-radius:.5rem;margin:1rem 0;padding:.75rem 1rem}
.form legend{padding:0 .4rem;font-weight:600}
.form legend span{font-weight:400;color:var(--soft)}
.choices{columns:15rem;column-gap:1.5rem}
.choices li{break-inside:avoid}
.choices label{display:flex;min-height:1.9rem}
.message{padding:3rem 0;max-width:38rem}
.message form{margin:1.5rem 0}
@media (max-width:38rem){.form p label{width:100%}}
@media (prefers-reduced-motion:no-preference){.skip{transition:top .1s}}
@media print{.top,.banner,.foot,.pages,.around,.skip{display:none}html{background:#fff;color:#000}}
`;

export const STYLE = (BASE + LISTS).trim();

export const STYLE_PATH = `/style.${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
