// Claims go in, a line for each pair of parties comes out: conflict above, cooperation below, one mark a claim.
import { html, scaleUtc, scaleLinear, utcDay, group } from '../vendor/vendor.js';
import * as S from './state.js';
import { shifts } from './server.js';
import { Overview } from './overview.js';
import { ClaimTable, REVIEWED } from './table.js';
import { Head, Legend, Empty, markPath, useWidth, fDay, fFull, act, signed, plural, stepOf } from './ui.js';

const FEW = 7, MANY = 30;
const STATUS = { actual: 'told as fact', alleged: 'alleged', planned: 'planned', hypothetical: 'hypothetical', negated: 'said not to have happened' };

export function Timeline() {
  const [ref, w] = useWidth(900), all = S.many.value, dom = S.range.value ?? S.domain.value, far = S.drawn.value;
  const drawn = S.lanes.value, lanes = choose(drawn, w < 560 ? 5 : all ? MANY : FEW), step = far?.step ?? 1;
  const dated = far ? far.dated : drawn.length, hidden = dated - lanes.reduce((n, l) => n + S.count(l.v), 0);
  const undrawn = S.range.value ? 0 : (far ? far.standing : S.visible.value.length) - dated;
  return html`<section class="panel timeline" aria-labelledby="h-tl">
    <${Head} id="h-tl" title="Who did what to whom">
      <${Legend} />${S.range.value && html`<button class="ghost" onClick=${() => S.range.value = null}>Whole period</button>`}
      <details class="how"><summary class="ghost">How to read</summary><div class="how-text">
        <p>Conflict stands above each line, cooperation hangs below. Length and size are intensity.</p>
        <p>A dashed mark is alleged. A pale hollow one is planned or hypothetical. A mark that is crossed out is told as not having happened.</p>
        <p>Where the line is thick it shows the level that was found; ▾ marks the day on which it moved.</p>
        ${far && html`<p>A large mark stands for many claims of its days at their mean intensity; it leads to them.</p>`}</div></details>
      <button class="ghost" aria-pressed=${S.table.value} onClick=${() => S.table.value = !S.table.value}>${S.table.value ? 'Chart' : 'Table'}</button>
    <//>
    <div class="tl-body" ref=${ref}>
    ${S.table.value ? html`<${ClaimTable} claims=${S.visible.value} earlier />`
      : !drawn.length ? html`<${Empty}>No dated claim fits the filters.<//>` : html`<${Lanes} w=${w} lanes=${lanes} dom=${dom} step=${step} />`}
    ${!S.table.value && html`<${Overview} w=${w} L=${left(w)} R=${14} />`}
    ${!S.table.value && (hidden > 0 || undrawn > 0 || all) && html`<p class="foot">
      ${hidden > 0 && `${plural(hidden, 'claim')} of quieter pairs ${hidden === 1 ? 'is' : 'are'} not drawn. `}
      ${undrawn > 0 && `${plural(undrawn, 'claim')} without a day, or far from the rest, ${undrawn === 1 ? 'is' : 'are'} in the table. `}
      ${(hidden > 0 || all) && w >= 560 && html`<button class="ghost" aria-pressed=${all}
        onClick=${() => S.many.value = !all}>${all ? 'Fewer lines' : 'More lines'}</button>`}</p>`}
    </div></section>`;
}
const left = w => w < 560 ? 12 : 168;

// The busiest pairs; those of which one side is unknown come after the others.
function choose(drawn, most) {
  const known = k => !k.split('>').includes(S.UNKNOWN);
  const lanes = [...group(drawn, S.key)].map(([k, v]) => ({ k, v })).sort((a, b) => known(b.k) - known(a.k) || S.count(b.v) - S.count(a.v));
  const chosen = lanes.slice(0, most), on = S.dyad.value;
  if (on && !chosen.some(l => l.k === on)) chosen.push(lanes.find(l => l.k === on) ?? { k: on, v: [] });
  return chosen;
}
// Marks of one day and side stand side by side, closer together where the day is narrow.
function places(claims, x, days) {
  const found = new Map();
  for (const [, v] of group(claims, c => `${+c.date} ${c.intensity < 0}`)) {
    const x0 = x(v[0].date), wide = x(utcDay.offset(v[0].date, days)) - x0;
    const step = Math.min(days > 1 ? wide / v.length : 11, Math.max(2, (wide - 6) / v.length));
    v.forEach((c, i) => found.set(c.id, x0 + Math.min(7, wide / 2) + i * step));
  }
  return found;
}
// The lane's line doubles as a ribbon: its colour is the level that was found, a notch marks each shift.
function ribbon(k, first) {
  const at = shifts.at.value; if (at.state !== 'ready') return [];
  const moved = at.value.filter(s => `${S.party(s.actor)}>${S.party(s.target)}` === k)
    .map(s => ({ ...s, on: new Date(s.day + 'T00:00Z') })).sort((a, b) => a.on - b.on);
  const b = S.domain.value[1];
  return moved.flatMap((s, i) => [...(i ? [] : [{ from: first, to: s.on, v: s.before }]), { from: s.on, to: moved[i + 1]?.on ?? b, v: s.after, shift: true }]);
}

function Lanes({ w, lanes, dom, step }) {
  const narrow = w < 560, L = left(w), R = 14, laneH = narrow ? 66 : 32, top = 24, amp = narrow ? 17 : laneH * .42;
  const x = scaleUtc(dom, [L, Math.max(L + 50, w - R)]), y = scaleLinear([-10, 10], [-amp, amp]), H = top + lanes.length * laneH + 6;
  const order = lanes.flatMap(l => l.v), most = Math.max(1, ...order.map(c => c.n));
  const focus = order.some(c => c.id === S.selected.value) ? S.selected.value : order[0]?.id;
  const onKey = ev => move(ev, lanes, focus, step);
  return html`<svg width=${w} height=${H} role="group" aria-label="Timeline of claims by pair. Arrow keys move between claims." class="tl">
    <${Days} dom=${dom} x=${x} w=${w} L=${L} R=${R} H=${H} top=${top} narrow=${narrow} />
    ${lanes.map((l, i) => { const on = S.dyad.value === l.k, label = S.dyadName(l.k), at = places(l.v, x, step);
      return html`<g key=${l.k} transform="translate(0,${top + i * laneH + laneH * (narrow ? .66 : .5)})" class=${'lane' + (on ? ' on' : '')}>
        <line class="base" x1=${L} x2=${w - R} aria-hidden="true" />
        <text class="lane-t" x=${narrow ? L : L - 14} y=${narrow ? -amp - 11 : 4} text-anchor=${narrow ? 'start' : 'end'} aria-hidden="true"
          onClick=${() => S.toggleDyad(l.k)}>${narrow ? label : short(label)}<title>${label}</title></text>
        ${ribbon(l.k, l.v[0]?.date ?? dom[1]).map(f => { const x0 = Math.max(L, x(f.from)), x1 = Math.min(w - R, x(f.to));
          return x1 > x0 && html`<g class="rib s${stepOf(f.v)}" aria-hidden="true"><rect x=${x0} y="-2" width=${x1 - x0} height="4" rx="2" />
            ${f.shift && x(f.from) >= L && html`<path transform="translate(${x(f.from)},0)" d="M-4.5,-9.5h9l-4.5,6z" />`}</g>`; })}
        ${l.v.length > 0 && html`<g role="listbox" aria-label="${label}, ${plural(S.count(l.v), 'claim')}">
          ${l.v.map(c => html`<${Claim} key=${c.id} c=${c} X=${at.get(c.id)} Y=${y(c.intensity)} laneH=${laneH} step=${step} most=${most}
            tab=${c.id === focus} onKey=${onKey} />`)}</g>`}
      </g>`; })}</svg>`;
}
const short = text => text.length > 24 ? text.slice(0, 22) + '…' : text;

const quadName = id => S.QUADS.find(q => q.id === id).name.toLowerCase();

function Claim({ c, X, Y, laneH, step, most, tab, onKey }) {
  const sel = c.id === S.selected.value, many = c.n > 1, r = (most > 1 ? 2.4 + 7 * Math.sqrt(c.n / most)
    : 2.9 + Math.abs(c.intensity) * .3) + (sel ? .8 : 0);
  const last = step > 1 ? ` – ${fFull(utcDay.offset(c.date, step - 1))}` : '', what = many || !c.type ? quadName(c.quad) : act(c.type);
  const told = `${many ? `${plural(c.n, 'claim')}, ` : ''}${fFull(c.date)}${last}, ${what}, `
    + `${many ? 'mean ' : ''}intensity ${signed(c.intensity)}, ${many ? 'mostly ' : ''}${STATUS[c.status] ?? c.status}`
    + `${c.review ? ', ' + REVIEWED[c.review] : ''}`, said = c.evidence ?? '';
  const focus = el => { const now = document.activeElement; if (el && sel && now?.getAttribute('role') === 'option' && now !== el) el.focus(); };
  return html`<g class=${`ev ${c.quad} ${c.status}` + (sel ? ' sel' : '') + (c.review === 'reject' ? ' rej' : '')} role="option"
    aria-selected=${sel} tabindex=${tab ? 0 : -1}
    data-claim=${c.id} aria-label="${told}. ${said}"
    onKeyDown=${onKey} onClick=${() => S.enter(c, step)} onFocus=${() => S.selected.value = c.id} ref=${focus}>
    <title>${told}${said && ` · ${said}`}</title><rect class="hit" x=${X - 6} y=${-laneH / 2} width="12" height=${laneH} /><line class="stem"
      x1=${X} x2=${X} y1="0" y2=${Y} />
    <path transform="translate(${X},${Y})" d=${markPath(c.quad, r)} />
    ${c.status === 'negated' && html`<path class="cross" transform="translate(${X},${Y})"
      d="M${-r - 1},${-r - 1}L${r + 1},${r + 1}M${r + 1},${-r - 1}L${-r - 1},${r + 1}" />`}</g>`;
}

function Days({ dom, x, w, L, R, H, top, narrow }) {
  const days = utcDay.range(dom[0], dom[1]), each = Math.max(1, Math.ceil(days.length / ((w - L) / (narrow ? 60 : 66))));
  return html`<g aria-hidden="true">
    ${days.length < 70 && days.filter(d => [0, 6].includes(d.getUTCDay())).map(d => html`<rect class="weekend" x=${x(d)} y=${top}
      width=${Math.max(0, Math.min(w - R, x(utcDay.offset(d, 1))) - x(d))} height=${H - top - 4} />`)}
    ${days.filter((d, i) => i % each === 0 && x(d) < w - R - 36).map(d => html`<g transform="translate(${x(d)},0)"><line class="grid" y1=${top}
      y2=${H - 4} /><text class="tick" x="4" y="12">${fDay(d)}</text></g>`)}</g>`;
}

function move(ev, lanes, focus, step) {
  const lane = lanes.findIndex(l => l.v.some(c => c.id === focus)); if (lane < 0) return;
  const row = lanes[lane].v, i = row.findIndex(c => c.id === focus), by = { ArrowDown: 1, ArrowUp: -1 }[ev.key]; let to;
  if (ev.key === 'ArrowRight') to = row[i + 1];
  else if (ev.key === 'ArrowLeft') to = row[i - 1];
  else if (ev.key === 'Home') to = row[0];
  else if (ev.key === 'End') to = row.at(-1);
  else if (by) for (let j = lane + by; j >= 0 && j < lanes.length && !to;
    j += by) to = [...lanes[j].v].sort((a, b) => Math.abs(a.date - row[i].date) - Math.abs(b.date - row[i].date))[0];
  else if (ev.key === 'Enter' || ev.key === ' ') to = row[i];
  else return;
  ev.preventDefault(); ev.stopPropagation();
  if (to === row[i]) S.enter(to, step); else if (to) S.pick(to.id, { open: false });
}
