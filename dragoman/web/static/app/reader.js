// A report with its spans goes in, the text with every coded span comes out, always as text and never as markup.
import { html, useRef, useLayoutEffect, useMemo } from '../vendor/vendor.js';
import * as S from './state.js';
import { reading, detail, current } from './server.js';
import { Answer, Failed, dayOf, plural, act } from './ui.js';
import { Coding } from './coding.js';
import { segments, slots, numbers } from './spans.js';
import { SourcesTree } from './sources_tree.js';
import { AddBar } from './adding.js';

const TAG = { actor: 'who', recipient: 'whom', trigger: 'did', source: 'says', place: 'where', date: 'when' }, SLOTS = 3;
const SMOOTH = () => matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';

function Para({ p, at, by, order, marked }) {
  const sel = S.selected.value, sentences = p.spans.filter(s => s.role === 'sentence'), slot = slots(sentences);
  const quad = id => by.get(id)?.quad ?? 'rule', gone = id => by.get(id)?.review === 'reject';
  const underline = lines => ({
    backgroundImage: lines.map(s => `linear-gradient(var(--${quad(s.claim)}),var(--${quad(s.claim)}))`).join(','), backgroundRepeat: 'no-repeat',
    backgroundSize: lines.map(s => `100% ${s.claim === sel ? 2.5 : 1.5}px`).join(','),
    backgroundPosition: lines.map(s => `0 calc(100% - ${slot.get(s) * 3}px)`).join(',') });
  const ref = s => {
    const { n } = order.get(s.claim), on = s.claim === sel; marked.add(s.claim);
    return html`<button class=${`ref ${by.get(s.claim)?.quad ?? ''}` + (on ? ' on' : '') + (gone(s.claim) ? ' rej' : '')} aria-pressed=${on}
      data-ref=${s.claim} onClick=${() => S.pick(s.claim)}
      aria-label="Claim ${n}: ${act(by.get(s.claim)?.type ?? 'unknown')}">${n}</button>`;
  };
  return html`<p dir="auto" data-p=${at}>${segments(p.text, p.spans).map(g => {
    if (!g.spans.length) return g.text;
    const lines = g.spans.filter(s => s.role === 'sentence' && slot.get(s) < SLOTS), hot = g.spans.some(s => s.claim === sel),
      role = g.spans.find(s => s.claim === sel && s.role !== 'sentence');
    const own = g.spans.find(s => s.role === 'trigger') ?? g.spans.find(s => s.role === 'sentence') ?? g.spans[0];
    const refs = p.spans.filter(s => s.start === g.start && order.get(s.claim)?.role === s.role && !marked.has(s.claim));
    const rej = lines.length > 0 && lines.every(s => gone(s.claim)),
      kind = (hot ? ' hot ' + quad(sel) : '') + (role ? ` role r-${role.role}` : '') + (rej ? ' rej' : '');
    return html`${refs.map(ref)}<span class=${'seg' + kind} style=${underline(lines)}
      onClick=${() => getSelection().isCollapsed && S.pick(own.claim)}>${role?.start === g.start && html`<span
        class="tag" aria-hidden="true">${TAG[role.role]}</span>`}${g.text}</span>`;
  })}</p>`;
}
export function Reader() {
  const claim = current(), failed = S.selected.value && !claim && detail.at.value.state === 'failed';
  return html`<aside class=${'reader' + (S.sheet.value ? ' open' : '')} aria-label="Report reader">
    <button class="close" onClick=${() => S.sheet.value = false} aria-label="Close report">×</button>
    ${failed ? html`<div class="r-scroll"><${Failed} from=${detail} /></div>` : !S.selected.value && !S.report.value ? html`<div class="r-scroll"><p
      class="empty">Choose a claim to read its report.</p></div>`
      : html`<${Report} claim=${claim} /><${AddBar} />${claim && html`<${Coding} claim=${claim} />`}`}</aside>`;
}
function Report({ claim }) {
  const box = useRef(null), at = reading.at.value;
  useLayoutEffect(() => {
    const b = box.current, r = b?.querySelector('.ref.on'); if (!r) return;
    const t = r.getBoundingClientRect().top - b.getBoundingClientRect().top;
    if (t < 60 || t > b.clientHeight - 110) b.scrollTo({ top: b.scrollTop + t - b.clientHeight * .3, behavior: SMOOTH() });
  }, [S.selected.value, at]);
  return html`<div class="r-scroll" ref=${box} tabindex="0" role="region"
    aria-label="Text of the report"><${Answer} from=${reading}>${doc => html`<${Article} doc=${doc} claim=${claim} />`}<//></div>`;
}
function Article({ doc, claim }) {
  const order = useMemo(() => numbers(doc.paragraphs), [doc]), marked = new Set();
  const claims = useMemo(() => doc.claims.map(S.shape), [doc]), by = new Map(claims.map(c => [c.id, c]));
  const done = claims.filter(c => c.review).length, safe = /^https?:\/\//.test(doc.url ?? '');
  return html`<header class="r-head"><p class="kicker">${doc.publisher ?? 'Publisher unknown'} <span
    aria-hidden="true">·</span> <time>${dayOf(doc.published)}</time>
      ${safe && html` <a class="link" href=${doc.url} target="_blank" rel="noreferrer">original</a>`}</p>
    <h2 dir="auto">${doc.title || 'Untitled report'}</h2>
    <p class="prog">${claims.length ? `${plural(claims.length, 'claim')} · ${done} reviewed`
      : 'No claim was found in this report. Select words in it to add one.'}</p>
    <${SourcesTree} key=${doc.id} doc=${doc} claims=${claims} order=${order} claim=${by.get(claim?.id)} /></header>
    <article class="text">${doc.paragraphs.map((p, i) => (i || p.spans.length || p.text.trim() !== doc.title) && html`<${Para}
      key=${i} p=${p} at=${i} by=${by} order=${order} marked=${marked} />`)}${!doc.paragraphs.length
      && html`<p class="empty">It came without words: an event that others coded.</p>`}</article>`;
}
