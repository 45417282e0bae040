// Claims go in, a grid of mean intensity comes out: a row acts towards a column, the number counts claims.
import { html, rollup, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { ActorLink } from './actor-parts.js';
import { Head, Empty, plural, signed, stepOf } from './ui.js';

const FEW = 8, MANY = 30;
// The busiest parties, the unknown one last.
function ranked() {
  const { [S.UNKNOWN]: unknown, ...known } = S.data.value.parties;
  return [...Object.keys(known).sort((a, b) => known[b].n - known[a].n).slice(0, MANY), ...(unknown ? [S.UNKNOWN] : [])];
}
export function Matrix() {
  const [all, setAll] = useState(false), [foc, setFoc] = useState([0, 1]), rank = ranked();
  const shown = all || rank.length <= FEW ? rank : [...rank.slice(0, FEW - 1), rank.includes(S.UNKNOWN) ? S.UNKNOWN : rank[FEW - 1]];
  const cell = rollup(S.pairs.value, v => ({ n: S.count(v), m: S.level(v) }), c => c.src, c => c.tgt);
  const go = (r, c, el) => {
    r = Math.max(0, Math.min(shown.length - 1, r)); c = Math.max(0, Math.min(shown.length - 1, c));
    setFoc([r, c]); el.closest('table').querySelector(`[data-rc="${r}-${c}"]`)?.focus();
  };
  const onKey = (r, c) => ev => {
    const d = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[ev.key];
    if (d) { ev.preventDefault(); go(r + d[0], c + d[1], ev.currentTarget); }
  };
  const Cell = ({ s, t, r, c }) => {
    const d = cell.get(s)?.get(t), k = `${s}>${t}`, told = `${S.name(s)} toward ${S.name(t)}: `
      + (d ? `${plural(d.n, 'claim')}, mean intensity ${signed(d.m)}` : 'none');
    return html`<td role="gridcell" class=${s === t ? 'me' : ''}><button data-rc="${r}-${c}" tabindex=${foc[0] === r && foc[1] === c ? 0 : -1}
      class=${d ? `c s${stepOf(d.m)}` + (S.dyad.value === k ? ' on' : '') : 'c nil'}
      aria-disabled=${!d} aria-pressed=${S.dyad.value === k} aria-label=${told} title=${d ? told : ''}
      onKeyDown=${onKey(r, c)} onClick=${() => { setFoc([r, c]); if (d) S.toggleDyad(k); }}>${d ? d.n : ''}</button></td>`;
  };
  return html`<section class="panel matrix" aria-labelledby="h-mx">
    <${Head} id="h-mx" title="Matrix" hint="row acts toward column">
      ${rank.length > FEW && html`<button class="ghost" aria-pressed=${all} onClick=${() => setAll(!all)}>${all ? 'Fewer' : `Top ${rank.length}`}</button>`}
      ${S.dyad.value && html`<button class="ghost" onClick=${() => S.dyad.value = null}>Clear</button>`}<//>
    ${!rank.length ? html`<${Empty}>No claims yet.<//>` : html`<div class="mx-scroll"><table class=${'mx' + (all ? ' all' : '')} role="grid"
      aria-label="Mean intensity of claims by pair; rows act toward columns">
      <thead><tr><td></td>${shown.map(a => html`<th scope="col"><abbr title=${S.name(a)}>${a.slice(0, 6)}</abbr></th>`)}</tr></thead>
      <tbody>${shown.map((s, r) => html`<tr key=${s}><th scope="row" title=${S.name(s)}>${s === S.UNKNOWN ? S.name(s)
        : html`<${ActorLink} code=${s} class="plain">${S.name(s)}<//>`}</th>${shown.map((t, c) => html`<${Cell}
        key=${t} s=${s} t=${t} r=${r} c=${c} />`)}</tr>`)}</tbody></table></div>
    <p class="scale" aria-hidden="true"><span>assault</span>${[-4, -3, -2, -1, 0, 1, 2, 3, 4].map(i => html`<i
      class="s${i}"></i>`)}<span>aid</span><span class="sp"></span><span>number = claims</span></p>`}
  </section>`;
}
