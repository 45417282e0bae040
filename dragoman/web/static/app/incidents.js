// Incidents go in, a list comes out, the most widely told first; the chosen one shows its reports side by side, by what they hold true.
import { html, useLayoutEffect, useRef, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { incident, incidents } from './server.js';
import { Head, Answer, Empty, Mark, act, dayOf, plural, shortDay } from './ui.js';

const PAGE = 60;
// What a report holds of the incident: each stance has its own shape and its own words.
const STANCES = [{ id: 'done', name: 'Told as done', of: ['actual'] }, { id: 'said', name: 'Told as alleged', of: ['alleged'] },
  { id: 'may', name: 'Told as planned or possible', of: ['planned', 'hypothetical'] }, { id: 'not', name: 'Denied', of: ['negated'] }];
const SHAPE = { done: 'M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0', said: 'M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0',
  may: 'M-6,-6h12v12h-12z', not: 'M-6,-6L6,6M6,-6L-6,6' };
const Shape = ({ of }) => html`<svg class=${'shape ' + of} width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true"><path d=${SHAPE[of]} /></svg>`;
const name = given => given || 'unknown';
const quad = type => S.data.value.types[type] ?? 'VCOOP';
const words = i => `${i.actor_name} ${i.type} ${i.recipient_name} ${i.place_name ?? ''} ${i.origin_names.join(' ')}`.toLowerCase();
function days({ first_day: a, last_day: b }) {
  if (!a || !b || a === b) return shortDay(a);
  return a.slice(0, 7) === b.slice(0, 7) ? `${+a.slice(8, 10)}–${shortDay(b)}` : `${shortDay(a)} – ${shortDay(b)}`;
}

export function Incidents() {
  return html`<section class="panel incs" aria-labelledby="h-in"><${Head} id="h-in" title="Incidents"
    hint="what several reports tell of the same deed, the most widely told first"><button class="ghost" aria-pressed=${S.contested.value}
      onClick=${() => S.contested.value = !S.contested.value}><span aria-hidden="true">${S.contested.value ? '☑' : '☐'} </span>Contested only</button><//>
    <${Answer} from=${incidents}>${found => html`<${List} found=${found} />`}<//></section>`;
}
function List({ found }) {
  const [shown, more] = useState(PAGE), sought = S.query.value.trim().toLowerCase(), chosen = S.incident.value;
  const fit = sought ? found.filter(i => words(i).includes(sought)) : found, most = Math.max(1, ...found.map(i => i.reports));
  const away = chosen && !fit.slice(0, shown).some(i => i.id === chosen);
  return html`${away && html`<div class="inc on"><${Told} /></div>`}
    ${!fit.length && html`<${Empty}>${found.length ? 'No incident fits the search.' : S.contested.value ? 'No incident is contested.'
      : 'No incident is told yet.'}<//>`}
    <ul class="inclist">${fit.slice(0, shown).map(i => html`<${Row} key=${i.id} i=${i} most=${most} on=${i.id === chosen} />`)}</ul>
    ${fit.length > shown && html`<button class="ghost"
      onClick=${() => more(shown + PAGE)}>Show ${Math.min(PAGE, fit.length - shown)} more of ${fit.length}</button>`}
    ${found[0]?.found > found.length && html`<p class="foot">These are the ${found.length} that are told most widely, of ${
      plural(found[0].found, 'incident')}.</p>`}`;
}
function Row({ i, most, on }) {
  const at = useRef(null);
  useLayoutEffect(() => { if (on) at.current.scrollIntoView({ block: 'nearest' }); }, []);
  return html`<li class=${'inc' + (on ? ' on' : '')} ref=${at}><button class="incbtn" aria-expanded=${on} data-incident=${i.id}
    onClick=${() => S.incident.value = on ? null : i.id}><span class="l-when">${days(i)}</span>
    <span class="i-what"><b>${name(i.actor_name)}</b> <span
      class=${'pill ' + quad(i.type)}><${Mark} quad=${quad(i.type)} r=${4} />${act(i.type)}</span> <b>${name(i.recipient_name)}</b>
      ${i.place_name && html` <span class="hint">${i.place_name}</span>`}</span>
    <span class="i-mark">${i.contested && html`<span class="out cont"><span aria-hidden="true">≠ </span>contested</span>`}</span>
    <span class="i-bars"><${Bar} n=${i.reports} most=${most} what="report" /><${Bar} n=${i.origins} most=${most} what="origin" /></span></button>
    ${on && html`<${Told} />`}</li>`;
}
const Bar = ({ n, most, what }) => html`<span class="i-bar"><svg width="70" height="7" aria-hidden="true"><rect
  class="track" width="70" height="7" rx="2" /><rect class=${what} width=${Math.max(3, 70 * n / most)} height="7" rx="2" /></svg>
  <span>${plural(n, what)}</span></span>`;

const Told = () => html`<div class="told"><${Answer} from=${incident}>${i => html`<${Sides} i=${i} />`}<//></div>`;
function Sides({ i }) {
  const groups = STANCES.map(s => ({ ...s, told: i.told.filter(t => s.of.includes(t.status)) })).filter(s => s.told.length);
  const reports = s => plural(new Set(s.told.map(t => t.document)).size, 'report');
  const counts = groups.map(s => `${s.name.toLowerCase()} by ${reports(s)}`).join(', ');
  return html`<p class="i-sum">${i.contested ? html`<b>The reports contradict each other:</b> ${counts}.`
    : groups.length > 1 ? html`<b>The reports differ:</b> ${counts}.` : html`<b>The reports agree:</b> ${counts}.`}
    ${i.origins > 0 && html` They lead back to ${plural(i.origins, 'origin')}: ${i.origin_names.join(', ')}.`}</p>
    <div class="sides">${groups.map(s => html`<section class=${'side ' + s.id} aria-label="${s.name}, ${plural(s.told.length, 'claim')}"><h3>
      <${Shape} of=${s.id} />${s.name} <span class="hint">${plural(s.told.length, 'claim')}, ${reports(s)}</span></h3>
      <ul class="tales">${s.told.map(t => html`<${Tale} key=${t.id} t=${t} />`)}</ul></section>`)}</div>`;
}
function Tale({ t }) {
  const on = S.selected.value === t.id;
  return html`<li class=${'tale' + (on ? ' on' : '')}><button class="talebtn" aria-pressed=${on} data-claim=${t.id} onClick=${() => S.pick(t.id)}>
    <span class="t-top"><b>${t.publisher ?? 'Publisher unknown'}</b><span>${dayOf(t.published)}</span></span>
    <span class="t-says" dir="auto">${t.sentence_text}</span>
    <span class="t-who">${name(t.actor_name)} → ${name(t.recipient_name)}, ${act(t.type)}, ${t.status}</span>
    <span class="t-who">${t.chain?.length ? [t.publisher ?? 'publisher unknown', ...t.chain].join(' ‹ ') : 'on its own word'}${t.copied
      && html` <i class="copied">retold, not its own</i>`}</span>
    ${t.reason && html`<span class="t-why">${t.reason}</span>`}</button></li>`;
}
