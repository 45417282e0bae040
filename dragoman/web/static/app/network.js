// Claims go in, parties and arrows come out: an arrow acts toward its head, width counts claims, colour is mean intensity.
import { html, forceSimulation, forceLink, forceManyBody, forceX, forceY, forceCollide, rollup, useMemo, useEffect, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { placeLabels, spread } from './labels.js';
import { Head, Legend, Empty, useWidth, plural, signed, stepOf } from './ui.js';

const MOST = 60;
const THICK = 60;                                 // claims of the thickest line; where a pair has more, all lines are drawn to its measure
const rad = n => 12 + Math.min(14, 1.6 * Math.sqrt(n.size));
const wide = l => Math.min(9, .6 + 1.2 * Math.sqrt(l.size));
// A head is always broader than its line, or the direction of a busy pair could not be seen.
const HEADS = [8, 12, 18], head = l => HEADS.find(size => size >= 2 * wide(l)) ?? HEADS.at(-1);
export function Network() {
  const [ref, w] = useWidth(900), H = Math.round(Math.max(360, Math.min(620, w * .64))), claims = S.ties.value;
  const [fonts, loaded] = useState(false);
  useEffect(() => { let gone = false; document.fonts.ready.then(() => gone || loaded(true)); return () => { gone = true; }; }, []);
  const { nodes, links, left } = useMemo(() => lay(claims, w, H), [claims, w, H]);
  const labels = useMemo(() => named(nodes, links, w, H), [nodes, links, fonts, S.data.value]), unnamed = nodes.length - labels.size;
  const [ds, dt] = S.dyad.value?.split('>') ?? [];
  return html`<section class="panel net" aria-labelledby="h-nw"><${Head} id="h-nw" title="Network"><${Legend} /><//>
    <div ref=${ref}>${!links.length ? html`<${Empty}>No claim that fits the filters has two known parties.<//>` : html`<svg width=${w} height=${H}
      role="group" aria-label="Network of ${nodes.length} parties and ${links.length} pairs">
      <defs>${[-4, -3, -2, -1, 0, 1, 2, 3, 4].flatMap(i => HEADS.map(size => html`<marker id="m${i}-${size}" viewBox="0 0 8 8" refX=".5" refY="4"
        markerWidth=${size} markerHeight=${size} markerUnits="userSpaceOnUse" orient="auto"><path class="mk s${i}" d="M0,0L8,4L0,8z" /></marker>`))}</defs>
      ${links.map(l => html`<${Edge} key=${l.k} l=${l} />`)}
      ${nodes.map(n => html`<${Party} key=${n.id} n=${n} at=${labels.get(n.id)} on=${ds === n.id || dt === n.id} w=${w} />`)}</svg>`}</div>
    <p class="foot">An arrow acts toward its head; width is the number of claims, colour the mean intensity. The matrix holds the same numbers as a table.
      A circle opens the page of its party.${unnamed > 0 && ` ${plural(unnamed, 'name')} had no room: point at the circle to read it.`}
      ${left > 0 && ` ${plural(left, 'claim')} of smaller pairs, within one party, or with an unknown side ${left === 1 ? 'is' : 'are'} not drawn.`}</p>
        </section>`;
}
function Edge({ l }) {
  const on = S.dyad.value === l.k, told = `${S.name(l.source.id)} toward ${S.name(l.target.id)}: ${plural(l.n, 'claim')}, mean ${signed(l.m)}`, d = arc(l);
  return html`<g class=${'edge' + (on ? ' on' : '') + (S.dyad.value && !on ? ' dim' : '')} role="button" tabindex="0" aria-pressed=${on}
    aria-label=${told} onClick=${() => S.toggleDyad(l.k)}
    onKeyDown=${ev => { if (ev.key === 'Enter' || ev.key === ' ') { ev.preventDefault(); S.toggleDyad(l.k); } }}><title>${told}</title><path
      class="hitp" d=${d} />
    <path class="el s${stepOf(l.m)}" d=${d} stroke-width=${wide(l)} marker-end="url(#m${stepOf(l.m)}-${head(l)})" /></g>`;
}
function Party({ n, at, on, w }) {
  const name = S.name(n.id), r = rad(n), open = () => S.openActor(n.id), fits = /^[A-Z]{3,4}$/.test(n.id), two = /^[A-Z]{6}$/.test(n.id) && r >= 15;
  const beside = at ?? { x: Math.max(70, Math.min(w - 70, n.x)), y: n.y + r + 14 };
  return html`<g transform="translate(${n.x},${n.y})" class=${'node' + (on ? ' on' : '') + (at ? '' : ' tight')}><g class="spot" role="link"
    tabindex="0" aria-label="${name}, ${plural(n.deg, 'claim')} drawn: open its page" onClick=${open}
    onKeyDown=${ev => { if (ev.key === 'Enter') { ev.preventDefault(); open(); } }}><title>${name}</title><circle r=${r} /></g><g aria-hidden="true">
    ${fits && html`<text class="ncode" y="3.5" text-anchor="middle">${n.id}</text>`}
    ${two && html`<text class="ncode" y="-1" text-anchor="middle">${n.id.slice(0, 3)}</text><text class="ncode" y="9"
      text-anchor="middle">${n.id.slice(3)}</text>`}
    <text class="nlab" x=${beside.x - n.x} y=${beside.y - n.y} text-anchor="middle">${name}</text></g></g>`;
}
// Each direction bends to its own side, farther where the lines are thick, so that the two never lie on one another.
function bend(l) {
  const { x: x0, y: y0 } = l.source, { x: x1, y: y1 } = l.target, dx = x1 - x0, dy = y1 - y0, d = Math.hypot(dx, dy) || 1;
  const by = Math.max(.13 * d, 1.6 * wide(l) + 9) / d;
  return [(x0 + x1) / 2 - dy * by, (y0 + y1) / 2 + dx * by];
}
function ends(l) {
  const { x: x0, y: y0 } = l.source, { x: x1, y: y1 } = l.target, [mx, my] = bend(l), a = Math.atan2(y1 - my, x1 - mx), b = Math.atan2(my - y0, mx - x0);
  const r = rad(l.target) + head(l) + 1.5, r0 = rad(l.source);
  return [[x0 + r0 * Math.cos(b), y0 + r0 * Math.sin(b)], [mx, my], [x1 - r * Math.cos(a), y1 - r * Math.sin(a)]];
}
const arc = l => { const [from, mid, to] = ends(l); return `M${from}Q${mid} ${to}`; };
function named(nodes, links, w, H) {
  const points = links.flatMap(l => { const [p, q, r] = ends(l); return Array.from({ length: 24 }, (_, i) => { const t = i / 23, u = 1 - t;
    return [0, 1].map(k => u * u * p[k] + 2 * u * t * q[k] + t * t * r[k]); }); });
  return placeLabels(nodes.map(n => ({ ...n, r: rad(n), text: S.name(n.id) })), points, w, H);
}
// The same claims always give the same picture: nothing is drawn by chance.
function lay(claims, w, H) {
  const fit = claims.filter(c => c.src !== c.tgt && c.src !== S.UNKNOWN && c.tgt !== S.UNKNOWN);
  const pairs = [...rollup(fit, v => ({ n: S.count(v), m: S.level(v) }), S.key)].sort((a, b) => b[1].n - a[1].n).slice(0, w < 560 ? 24 : MOST);
  const share = Math.min(1, THICK / Math.max(1, ...pairs.map(([, d]) => d.n))), deg = {};
  const links = pairs.map(([k, d]) => { const [source, target] = k.split('>'); return { source, target, k, ...d, size: d.n * share }; });
  for (const l of links) { deg[l.source] = (deg[l.source] ?? 0) + l.n; deg[l.target] = (deg[l.target] ?? 0) + l.n; }
  const nodes = Object.keys(deg).sort().map((id, i, a) => ({ id, deg: deg[id], size: deg[id] * share,
    x: w / 2 + 150 * Math.cos(2 * Math.PI * i / a.length), y: H / 2 + 150 * Math.sin(2 * Math.PI * i / a.length) }));
  forceSimulation(nodes).force('l', forceLink(links).id(d => d.id)
    .distance(d => Math.max(90, 190 - 9 * d.size)).strength(.25)).force('c', forceManyBody().strength(-900))
    .force('x', forceX(w / 2).strength(.07 * H / w)).force('y', forceY(H / 2).strength(.1)).force('k', forceCollide(44)).stop().tick(320);
  const ends = k => [Math.min(...nodes.map(n => n[k])), Math.max(...nodes.map(n => n[k]))], [xa, xb] = ends('x'), [ya, yb] = ends('y'); // stretch to the box
  for (const n of nodes) { n.x = 70 + (w - 140) * (n.x - xa) / (xb - xa || 1); n.y = 34 + (H - 84) * (n.y - ya) / (yb - ya || 1); }
  for (const n of nodes) n.r = rad(n);
  spread(nodes, w, H, w < 560 ? 34 : 62); // room for two arrows between any two
  return { nodes, links: links.sort((a, b) => b.n - a.n), left: S.count(claims) - links.reduce((n, l) => n + l.n, 0) };
}
