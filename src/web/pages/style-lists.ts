/** The look of lists of papers, and of one paper. */
export const LISTS = `
.heading{padding:2.25rem 0 .5rem}
.kind{margin:0 0 .25rem;font-size:.8rem;letter-spacing:.09em;text-transform:uppercase;color:var(--accent);font-weight:600}
.about{color:var(--soft);max-width:38rem}
.around ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin-top:.4rem}
.around a,.pages a,.orders a,.links a{display:inline-block;min-height:1.75rem;padding:.15rem 0}
.papers>li{border-top:1px solid var(--line)}
.papers>li:first-child{border-top:0}
.papers article{display:grid;grid-template-columns:4.25rem minmax(0,1fr);gap:0 1.25rem;padding:1.6rem 0}
.papers h2{font-size:1.3rem;line-height:1.3;font-weight:600;text-wrap:pretty}
.papers h2 a{color:var(--ink);text-decoration:none}
.papers h2 a:hover{color:var(--link);text-decoration:underline;text-decoration-thickness:.06em}
.papers h2 a:visited{color:var(--soft)}
.votes{margin:0;padding:.5rem 0;height:fit-content;text-align:center;font-size:.75rem;line-height:1.3;color:var(--soft);background:var(--sheet);border:1px solid var(--line);border-radius:.5rem;font-variant-numeric:tabular-nums}
.votes b{display:block;font-size:1.1rem;color:var(--ink)}
.votes.none{border-color:transparent;background:none}
.by{margin:.25rem 0 0;font-size:.925rem;color:var(--soft)}
.abstract{font-family:var(--serif);font-size:1.02rem;line-height:1.6;max-width:42rem;margin:.55rem 0}
.facts{font-size:.9rem;color:var(--soft);margin:.35rem 0}
.links{display:flex;flex-wrap:wrap;gap:0 1.15rem;font-size:.925rem}
.links .code{font-weight:600}
.pages{display:flex;justify-content:space-between;gap:1rem;padding:1.25rem 0;border-top:1px solid var(--line);font-weight:600}
.orders ul{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin-top:.5rem}
.orders [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.empty{padding:1.5rem 0;font-family:var(--serif);font-size:1.1rem}
.paper{padding:2.25rem 0 0}
.paper h1{margin-bottom:.4rem}
.paper h2,.similar h2{font-size:1.15rem;margin:1.6rem 0 0}
.paper>.abstract{font-size:1.12rem;line-height:1.65}
.paper .links{margin:.75rem 0}
.short{padding:.7rem 1rem;background:var(--mark);border-radius:.5rem;max-width:42rem}
details{margin:1rem 0}
summary{cursor:pointer;min-height:1.75rem;color:var(--link)}
pre{overflow-x:auto;padding:.9rem 1rem;background:var(--sheet);border:1px solid var(--line);border-radius:.5rem;line-height:1.5}
.similar li{padding:.6rem 0;border-bottom:1px solid var(--line)}
.similar li>a{font-family:var(--serif);font-size:1.05rem}
.topics{columns:19rem;column-gap:2rem;margin:1rem 0}
.topics li{break-inside:avoid}
.topics a{display:block;padding:.45rem 0;text-decoration:none}
.topics a:hover b{text-decoration:underline}
.topics span{color:var(--soft)}
.help{display:grid;grid-template-columns:minmax(0,auto) minmax(0,1fr);gap:.4rem 1.25rem;margin:1rem 0 2rem}
.help dd{margin:0;color:var(--soft)}
@media (max-width:38rem){
.papers article{display:flex;flex-direction:column;padding:1.35rem 0}
.papers article>div{order:1}
.votes{order:2;display:flex;align-items:baseline;gap:.3rem;align-self:flex-start;margin-top:.35rem;padding:.1rem .6rem}
.votes b{display:inline;font-size:1rem}
.votes.none{display:none}
.help{grid-template-columns:1fr}
.help dd{margin-bottom:.5rem}
}
`;
