// Claims by day go in, a strip of bars comes out with two handles that set the period, by mouse, touch or arrow keys.
import { html, useRef, scaleUtc, utcDay } from '../vendor/vendor.js';
import * as S from './state.js';
import { fFull, lastOf } from './ui.js';

const DAY = 864e5, H = 46, MID = 26;
export function Overview({ w, L, R }) {
  const svg = useRef(null), drag = useRef(null), dom = S.domain.value, x = scaleUtc(dom, [L, Math.max(L + 50, w - R)]);
  const [a, b] = S.range.value ?? dom;
  const at = ev => x.invert(Math.min(w - R, Math.max(L, ev.clientX - svg.current.getBoundingClientRect().left)));
  const down = (ev, mode) => { svg.current.setPointerCapture(ev.pointerId); drag.current = { mode, start: at(ev), a, b }; ev.preventDefault(); };
  const move = ev => {
    const g = drag.current; if (!g) return; const d = at(ev), by = d - g.start;
    set({ new: [g.start, d], a: [d, g.b], b: [g.a, d], move: [+g.a + by, +g.b + by] }[g.mode], dom);
  };
  const press = which => ev => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageUp: 7, PageDown: -7 }[ev.key];
    if (!by) { if (ev.key === 'Escape') S.range.value = null; return; }
    const next = [a, b]; next[which] = utcDay.offset(next[which], by);
    ev.preventDefault(); ev.stopPropagation(); if (next[0] < next[1]) set(next, dom);
  };
  const handle = (which, d) => html`<g class="handle" transform="translate(${x(d)},0)" role="slider" tabindex="0"
    aria-label=${which ? 'End of period' : 'Start of period'}
    aria-valuemin=${Math.round(dom[0] / DAY)} aria-valuemax=${Math.round(dom[1] / DAY)}
    aria-valuenow=${Math.round(d / DAY)} aria-valuetext=${fFull(which ? lastOf(d) : d)}
    onKeyDown=${press(which)} onPointerDown=${ev => down(ev, which ? 'b' : 'a')}><rect x="-10" width="20" height=${H} class="hit" /><rect x="-2.5"
      y="12" width="5" height="22" rx="2.5" /></g>`;
  return html`<svg ref=${svg} class="overview" width=${w} height=${H} role="group"
    aria-label="Period shown" onPointerMove=${move} onPointerUp=${() => { drag.current = null; }}>
    <rect class="ovbg" x=${L} y="0" width=${Math.max(0, w - R - L)} height=${H} onPointerDown=${ev => down(ev, 'new')} />
    <${Bars} dom=${dom} x=${x} />
    ${L > 100 && html`<text class="lane-t sm" x=${L - 14} y=${MID + 4} text-anchor="end" aria-hidden="true">all pairs</text>`}
    <rect class=${'brush' + (S.range.value ? '' : ' all')} x=${Math.max(L, x(a))} y="0"
      width=${Math.max(0, Math.min(w - R, x(b)) - Math.max(L, x(a)))} height=${H}
      onPointerDown=${ev => down(ev, S.range.value ? 'move' : 'new')} />
    ${handle(0, a)}${handle(1, b)}</svg>`;
}
// Whole days, at least one, within what is drawn; the whole of it is no filter.
function set(ends, dom) {
  const [p, q] = ends.map(t => new Date(Math.min(+dom[1], Math.max(+dom[0], +t)))).sort((m, n) => m - n);
  const first = utcDay.round(p), last = utcDay.round(q);
  if (first < last) S.range.value = +first === +dom[0] && +last === +dom[1] ? null : [first, last];
}
function Bars({ dom, x }) {
  const span = Math.max(1, Math.ceil((dom[1] - dom[0]) / DAY / 120)), stacks = new Map();
  for (const c of S.bars.value) {
    if (!c.date || c.date < dom[0] || c.date >= dom[1]) continue;
    const bin = Math.floor((c.date - dom[0]) / DAY / span), s = stacks.get(bin) ?? { MCONF: 0, VCONF: 0, MCOOP: 0, VCOOP: 0 };
    s[c.quad] += Math.abs(c.intensity) * c.n; stacks.set(bin, s);
  }
  const all = [...stacks.values()], k = 22 / Math.max(1, ...all.map(s => s.MCONF + s.VCONF)),
    low = 18 / Math.max(1, ...all.map(s => s.MCOOP + s.VCOOP)), m = Math.min(k, low);
  return html`<g aria-hidden="true" class="bars">${[...stacks].map(([bin, s]) => {
    const from = new Date(+dom[0] + bin * span * DAY), X = x(from) + 1, bw = Math.max(1.5, x(utcDay.offset(from, span)) - x(from) - 2);
    return html`<rect class="MCONF" x=${X} y=${MID - s.MCONF * m} width=${bw} height=${s.MCONF * m} />
      <rect class="VCONF" x=${X} y=${MID - (s.MCONF + s.VCONF) * m} width=${bw} height=${s.VCONF * m} />
      <rect class="MCOOP" x=${X} y=${MID + 1} width=${bw} height=${s.MCOOP * m} /><rect class="VCOOP" x=${X} y=${MID + 1 + s.MCOOP * m}
        width=${bw} height=${s.VCOOP * m} />`; })}</g>`;
}
