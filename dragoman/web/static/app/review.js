// The claims that nobody has judged go in, the least certain first; one at a time comes out big, and the next after each decision.
import { html, effect, signal } from '../vendor/vendor.js';
import * as S from './state.js';
import { current, decide, decided, reading, refused, waiting } from './server.js';
import { segments } from './spans.js';
import { Head, Answer, Empty, Mark, Kbd, act, dayOf, plural } from './ui.js';

const visit = signal([]);                         // ids judged since the page was opened, in order
const undone = signal(null);                      // the claim whose decision was taken back last
const list = () => { const at = waiting.at.peek(); return at.state === 'ready' ? at.value : []; };
const left = (found, done = visit.value) => found.filter(c => !done.includes(c.id));

function show(id) { if (id) S.pick(id, { open: false }); }
export function next() {
  const all = list(), open = left(all, visit.peek()), at = all.findIndex(c => c.id === S.selected.peek());
  const after = open.find(c => all.indexOf(c) > at) ?? open[0];
  if (after) show(after.id); else waiting.load('/api/waiting');
}
export function previous() {
  const open = left(list(), visit.peek()), at = open.findIndex(c => c.id === S.selected.value);
  show(open[Math.max(0, at - 1)]?.id);
}
// Undo takes back the decision on the claim shown, or else the last one of this visit.
export function undo() {
  const done = visit.peek(), id = S.selected.value, last = done.includes(id) || current()?.review ? id : done.at(-1);
  if (last) { show(last); decide(last, 'undo'); }
}
effect(() => {
  const made = decided.value; if (!made) return;
  const others = visit.peek().filter(id => id !== made.id);
  visit.value = made.action === 'undo' ? others : [...others, made.id];
  undone.value = made.action === 'undo' ? made.id : null;
  if (S.route.peek() !== 'review') return;
  S.sheet.value = false;
  if (made.action !== 'undo') next();
});
// Whoever comes to the screen starts with the first in the queue, unless the address names a claim of the queue.
effect(() => {
  const at = waiting.at.value; if (S.route.value !== 'review' || at.state !== 'ready') return;
  const open = left(at.value, visit.peek());
  if (open.length && !open.some(c => c.id === S.selected.peek())) show(open[0].id);
});

export function Review() {
  const n = visit.value.length;
  return html`<section class="panel rev" aria-labelledby="h-rv"><${Head} id="h-rv" title="Review" hint="the least certain first"><span
    class="hint" role="status">${n ? `${plural(n, 'claim')} judged in this visit` : 'None judged in this visit yet'}</span><//>
    <${Answer} from=${waiting}>${found => html`<${One} found=${found} />`}<//></section>`;
}
function One({ found }) {
  const open = left(found), c = current(), place = open.findIndex(o => o.id === c?.id), sure = found.find(o => o.id === c?.id)?.certainty;
  if (!open.length && (!c || c.id !== undone.value)) return html`<div class="done"><${Empty}>Every claim with words has been judged.<//>
    ${visit.value.length > 0 && html`<button class="act" onClick=${undo}>Undo the last <${Kbd}>U<//></button>`}</div>`;
  if (!c) return html`<p class="empty" role="status">Reading…</p>`;
  return html`<p class="rv-at">${place >= 0 ? `${place + 1} of ${open.length}${open.length >= 50 ? ' or more' : ''} that wait` : 'not in the queue'}
      ${sure != null && ` · certainty ${Math.max(0, sure).toFixed(2)}`} · ${c.publisher ?? 'publisher unknown'}, ${dayOf(c.published)}</p>
    <blockquote class="big" dir="auto"><${Sentence} c=${c} /></blockquote>
    <p class="rv-triple"><span><small>Who</small><b>${S.name(c.src)}</b></span><span><small>did</small><span
      class=${'pill ' + c.quad}><${Mark} quad=${c.quad} r=${4} />${act(c.type)}${c.mode && `, ${c.mode}`}</span></span><span><small>to whom</small><b>
      ${S.name(c.tgt)}</b></span><span><small>status</small><b>${c.status}</b></span>
      <span><small>day</small><b>${dayOf(c.day)}</b></span><span><small>where</small><b>${c.place ?? 'not told'}</b></span>
      <span><small>according to</small><b>${c.chain.at(-1) ?? c.publisher ?? 'unknown'}</b></span></p>
    ${c.review && html`<p class=${'st ' + c.review}>Judged already</p>`}
    ${refused.value && html`<p class="wrong">Not saved. ${refused.value}</p>`}
    <div class="acts"><button class="act ok" onClick=${() => decide(c.id, 'accept')}>Accept <${Kbd}>A<//></button>
      <button class="act" onClick=${() => S.dialog.value = 'correct'}>Correct <${Kbd}>C<//></button>
      <button class="act no" onClick=${() => decide(c.id, 'reject')}>Reject <${Kbd}>R<//></button><span class="sp"></span>
      <button class="ghost narrow" onClick=${() => S.pick(c.id)}>Read the report</button>
      <button class="ghost" onClick=${undo} disabled=${!visit.value.length && !c.review}>Undo <${Kbd}>U<//></button>
      <button class="ghost" onClick=${next}>Next <${Kbd}>J<//></button></div>`;
}
// The sentence with what was read in it; plain until its report is there.
function Sentence({ c }) {
  const at = reading.at.value; if (at.state !== 'ready' || at.value.id !== c.document) return c.evidence;
  const whole = p => p.spans.find(s => s.claim === c.id && s.role === 'sentence'), p = at.value.paragraphs.find(whole); if (!p) return c.evidence;
  const { start, end } = whole(p), inside = p.spans.filter(s => s.claim === c.id && s.role !== 'sentence' && s.start >= start && s.end <= end)
    .map(s => ({ ...s, start: s.start - start, end: s.end - start }));
  return segments(p.text.slice(start, end), inside).map(g => g.spans.length ? html`<mark
    class=${`${c.quad} r-${g.spans[0].role}`}>${g.text}</mark>` : g.text);
}
