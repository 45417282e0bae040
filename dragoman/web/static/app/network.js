// Claims go in, parties and arrows come out: an arrow acts toward its head, width counts claims, colour is mean intensity.
import { html, forceSimulation, forceLink, forceManyBody, forceX, forceY, forceCollide, rollup, useMemo } from '../vendor/vendor.js';
import * as S from './state.js';
import { Head, Legend, Empty, useWidth, plural, signed, stepOf } from './ui.js';

const MOST = 60;
const rad = n => 9 + Math.min(16, 1.6 * Math.sqrt(n.deg));
export function Network() {
  const [ref, w] = useWidth(900), H = Math.round(Math.max(360, Math.min(620, w * .64))), claims = S.ties.value;
  const { nodes, links, left } = useMemo(() => lay(claims, w, H), [claims, w, H]), [ds, dt] = S.dyad.value?.split('>') ?? [];
  return html`<section class="panel net" aria-labelledby="h-nw"><${Head} id="h-nw" title="Network"><${Legend} /><//>
    <div ref=${ref}>${!links.length ? html`<${Empty}>No claim that fits the filters has two known parties.<//>` : html`<svg width=${w} height=${H}
      role="group" aria-label="Network of ${nodes.length} parties and ${links.length} pairs">
      <defs>${[-4, -3, -2, -1, 0, 1, 2, 3, 4].map(i => html`<marker id="m${i}" viewBox="0 0 8 8" refX="4" refY="4"
        markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="mk s${i}" d="M0,0L8,4L0,8z" /></marker>`)}</defs>
      ${links.map(l => html`<${Edge} key=${l.k} l=${l} />`)}
      ${nodes.map(n => html`<g key=${n.id} transform="translate(${n.x},${n.y})" class=${'node' + (ds === n.id || dt === n.id ? ' on' : '')}
        aria-hidden="true"><circle r=${rad(n)} />
        ${n.id.length <= 3 && html`<text class="ncode" y="3.5" text-anchor="middle">${n.id}</text>`}<text class="nlab" y=${rad(n) + 14}
          text-anchor="middle">${S.name(n.id)}</text></g>`)}</svg>`}</div>
    <p class="foot">An arrow acts toward its head; width is the number of claims, colour the mean intensity. The matrix holds the same numbers as a table.
      ${left > 0 && ` ${plural(left, 'claim')} of smaller pairs, within one party, or with an unknown side ${left === 1 ? 'is' : 'are'} not drawn.`}</p>
        </section>`;
}
function Edge({ l }) {
  const on = S.dyad.value === l.k, told = `${S.name(l.source.id)} toward ${S.name(l.target.id)}: ${plural(l.n, 'claim')}, mean ${signed(l.m)}`, d = arc(l);
  return html`<g class=${'edge' + (on ? ' on' : '') + (S.dyad.value && !on ? ' dim' : '')} role="button" tabindex="0" aria-pressed=${on}
    aria-label=${told} onClick=${() => S.toggleDyad(l.k)}
    onKeyDown=${ev => { if (ev.key === 'Enter' || ev.key === ' ') { ev.preventDefault(); S.toggleDyad(l.k); } }}><title>${told}</title><path
      class="hitp" d=${d} />
    <path class="el s${stepOf(l.m)}" d=${d} stroke-width=${Math.min(9, .6 + 1.2 * Math.sqrt(l.n))} marker-end="url(#m${stepOf(l.m)})" /></g>`;
}
function arc(l) {
  const { x: x0, y: y0 } = l.source, { x: x1, y: y1 } = l.target, dx = x1 - x0, dy = y1 - y0, mx = (x0 + x1) / 2 - dy * .13, my = (y0 + y1) / 2 + dx * .13;
  const a = Math.atan2(y1 - my, x1 - mx), b = Math.atan2(my - y0, mx - x0), r = rad(l.target) + 7, r0 = rad(l.source);
  return `M${x0 + r0 * Math.cos(b)},${y0 + r0 * Math.sin(b)}Q${mx},${my} ${x1 - r * Math.cos(a)},${y1 - r * Math.sin(a)}`;
}
// The same claims always give the same picture: nothing is drawn by chance.
function lay(claims, w, H) {
  const fit = claims.filter(c => c.src !== c.tgt && c.src !== S.UNKNOWN && c.tgt !== S.UNKNOWN);
  const pairs = [...rollup(fit, v => ({ n: S.count(v), m: S.level(v) }), S.key)].sort((a, b) => b[1].n - a[1].n).slice(0, w < 560 ? 24 : MOST);
  const links = pairs.map(([k, d]) => { const [source, target] = k.split('>'); return { source, target, k, ...d }; }), deg = {};
  for (const l of links) { deg[l.source] = (deg[l.source] ?? 0) + l.n; deg[l.target] = (deg[l.target] ?? 0) + l.n; }
  const nodes = Object.keys(deg).sort().map((id, i, a) => ({ id, deg: deg[id],
    x: w / 2 + 150 * Math.cos(2 * Math.PI * i / a.length), y: H / 2 + 150 * Math.sin(2 * Math.PI * i / a.length) }));
  forceSimulation(nodes).force('l', forceLink(links).id(d => d.id)
    .distance(d => Math.max(90, 190 - 9 * d.n)).strength(.25)).force('c', forceManyBody().strength(-900))
    .force('x', forceX(w / 2).strength(.07 * H / w)).force('y', forceY(H / 2).strength(.1)).force('k', forceCollide(44)).stop().tick(320);
  const ends = k => [Math.min(...nodes.map(n => n[k])), Math.max(...nodes.map(n => n[k]))], [xa, xb] = ends('x'), [ya, yb] = ends('y'); // stretch to the box
  for (const n of nodes) { n.x = 70 + (w - 140) * (n.x - xa) / (xb - xa || 1); n.y = 34 + (H - 84) * (n.y - ya) / (yb - ya || 1); }
  return { nodes, links: links.sort((a, b) => a.n - b.n), left: S.count(claims) - links.reduce((n, l) => n + l.n, 0) };
}
