// Small parts that every view uses: marks, dates, headings, the legend, states of loading, and the width of a box.
import * as S from './state.js';
import { html, useRef, useLayoutEffect, useState, utcFormat, utcDay } from '../vendor/vendor.js';

export const fFull = utcFormat('%-d %b %Y');
const inYear = utcFormat('%-d %b'), withYear = utcFormat('%-d %b ’%y');
const yearsOf = () => { const [a, b] = S.domain.value; return a.getUTCFullYear() !== lastOf(b).getUTCFullYear(); };
export const fDay = date => (yearsOf() ? withYear : inYear)(date);
export const dateOf = text => text ? new Date(text.slice(0, 10) + 'T00:00Z') : null;
export const dayOf = text => text ? fFull(dateOf(text)) : 'no date';
export const shortDay = text => text ? fDay(dateOf(text)) : 'no date';
export const lastOf = end => utcDay.offset(end, -1);
export const plural = (n, one, many = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
export const signed = v => (v > 0 ? '+' : v < 0 ? '−' : '') + Math.abs(v).toLocaleString('en', { maximumFractionDigits: 1 });
export const act = type => type.toLowerCase();
export const dyadOf = c => `${S.name(c.src)} → ${S.name(c.tgt)}`;
// mean intensity -10..10 to one of nine steps; the class carries the colour, so no inline style and dark mode comes free
export const stepOf = v => Math.max(-4, Math.min(4, Math.round(v / 2.2)));

// The mark alphabet: circle = cooperation, diamond = conflict; hollow = words, filled = deeds. Colour only repeats it.
export function markPath(quad, r) {
  if (quad.endsWith('COOP')) return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  const d = r * 1.22; return `M0,${-d}L${d},0L0,${d}L${-d},0Z`;
}
export const Mark = ({ quad, r = 5 }) => html`<svg class="mark ${quad}" width=${2 * r + 6} height=${2 * r + 6}
  viewBox="${-r - 3} ${-r - 3} ${2 * r + 6} ${2 * r + 6}" aria-hidden="true"><path d=${markPath(quad, r)} /></svg>`;

export function useWidth(initial = 600) {
  const ref = useRef(null), [w, set] = useState(initial);
  useLayoutEffect(() => {
    const el = ref.current; if (!el) return; set(el.clientWidth);
    const ro = new ResizeObserver(() => set(el.clientWidth)); ro.observe(el); return () => ro.disconnect();
  }, []);
  return [ref, w];
}
export const Icon = ({ d }) => html`<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor"
  stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${d} /></svg>`;
export const Head = ({ id, title, hint, children }) => html`<header class="head"><h2 id=${id}>${title}</h2>
  ${hint && html`<p class="hint">${hint}</p>`}<span class="sp"></span>${children}</header>`;
export const Kbd = ({ children }) => html`<kbd aria-hidden="true">${children}</kbd>`;

export function Legend() {
  return html`<div class="legend" role="group" aria-label="Classes shown">${S.QUADS.map(q => html`<button key=${q.id} class=${'q ' + q.id}
    aria-label=${q.name} aria-pressed=${S.quads.value.has(q.id)} onClick=${() => S.toggleQuad(q.id)}><${Mark} quad=${q.id} r=${4.5} /><span>
      ${q.name}</span></button>`)}</div>`;
}
// An answer that is not there yet, or failed, shows as such; otherwise what it holds.
export function Answer({ from, children }) {
  const at = from.at.value;
  if (at.state === 'failed') return html`<${Failed} from=${from} />`;
  if (at.state !== 'ready') return html`<p class="empty" role="status">Reading…</p>`;
  return children(at.value);
}
export const Failed = ({ from }) => html`<div class="failed" role="alert"><p><b>${from.at.value.what} could not be read.</b> ${from.at.value.error}</p>
  <button class="act" onClick=${() => from.again ? from.again() : from.load()}>Try again</button></div>`;
export const Empty = ({ children }) => html`<p class="empty">${children}</p>`;
