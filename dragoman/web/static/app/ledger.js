// Entries of the ledger go in, a list comes out: threats, promises, demands and denials, each with what came of it and why.
import { html } from '../vendor/vendor.js';
import * as S from './state.js';
import { ledger } from './server.js';
import { Head, Answer, Empty, shortDay, dayOf, dateOf, plural, act } from './ui.js';

// Each outcome has its own class, so its own look; the words stand beside it.
export const OUTCOMES = { 'carried out': 'done', 'partly carried out': 'part', 'walked back': 'back',
  met: 'met', refused: 'no', open: 'open', stands: 'stands', contested: 'cont' };
const SIGN = { done: '●', part: '◐', back: '↩', met: '✓', no: '✕', open: '○', stands: '▬', cont: '≠' };
const NEWS = ['walked back', 'contested', 'refused', 'open', 'partly carried out', 'carried out', 'met', 'stands'];
const Outcome = ({ of }) => html`<span class=${'out ' + OUTCOMES[of]}><span aria-hidden="true">${SIGN[OUTCOMES[of]]} </span>${of}</span>`;
const who = t => `${t.actor ?? 'unknown'} → ${t.target ?? 'unknown'}`;

export function Ledger({ full }) {
  return html`<section class="panel ledger" aria-labelledby="h-th"><${Head} id="h-th"
    title=${full ? 'Threats, promises, demands and denials' : 'Threat ledger'}>
      ${!full && html`<a class="ghost" href="#/threats" onClick=${ev => { ev.preventDefault(); S.go('threats'); }}>All of them</a>`}<//>
    <${Answer} from=${ledger}>${entries => !entries.length ? html`<${Empty}>No threat, promise, demand or denial is told.<//>`
      : full ? html`<${Full} entries=${entries} />` : html`<${Short} entries=${entries} />`}<//></section>`;
}
// The pair, the days and the words that the desk is filtered by hold here too.
function fits(t) {
  const sought = S.query.value.trim().toLowerCase(), [a, b] = S.range.value ?? [], on = dateOf(t.day);
  return (!S.dyad.value || S.dyad.value === `${S.party(t.actor_party)}>${S.party(t.target_party)}`) && (!a || (on && on >= a && on < b))
    && (!sought || `${who(t)} ${t.kind} ${t.sentence_text}`.toLowerCase().includes(sought));
}
function Short({ entries }) {
  const rows = entries.filter(fits).sort((a, b) => NEWS.indexOf(a.outcome) - NEWS.indexOf(b.outcome) || (a.day < b.day ? 1 : -1)).slice(0, 5);
  if (!rows.length) return html`<${Empty}>No entry fits the filters.<//>`;
  return html`<ul class="led">${rows.map(t => html`<li key=${t.id} class=${S.selected.value === t.claim ? 'on' : ''}><button onClick=${() => S.pick(t.claim)}>
    <span class="l-when">${shortDay(t.day)}</span><span class="l-who">${who(t)}</span><${Outcome} of=${t.outcome} /><span
      class="l-ev">${t.sentence_text}</span></button></li>`)}</ul>`;
}
function Full({ entries }) {
  const all = entries.filter(fits), rows = S.outcome.value ? all.filter(t => t.outcome === S.outcome.value) : all;
  return html`<div class="l-filter" role="group"
    aria-label="Outcomes shown">${Object.keys(OUTCOMES)
      .map(o => ({ o, n: all.filter(t => t.outcome === o).length })).filter(d => d.n).map(({ o, n }) => html`<button
      class="q" aria-pressed=${S.outcome.value === o} onClick=${() => S.outcome.value = S.outcome.value === o ? null : o}>
        <${Outcome} of=${o} /> ${n}</button>`)}
      <span class="hint">${plural(rows.length, 'entry', 'entries')}</span></div>
    ${!rows.length && html`<${Empty}>No entry fits the filters.<//>`}
    <${Entries} rows=${rows} />`;
}
export const Entries = ({ rows }) => html`<ul class="led full">${rows.map(t => html`<li key=${t.id}
  class=${S.selected.value === t.claim || S.selected.value === t.later ? 'on' : ''}>
  <button onClick=${() => S.pick(t.claim)}><span class="l-when">${shortDay(t.day)}</span><span class="l-who">${who(t)} <span
    class="l-kind">${t.kind}${t.content ? ': ' + act(t.content) : ''}</span></span>
    <${Outcome} of=${t.outcome} /><span class="l-ev">${t.sentence_text}</span></button>
  <p class="l-by">${t.later ? html`<button class="link"
    onClick=${() => S.pick(t.later)}>${t.reason}</button>${t.later_sentence && html` <q>${t.later_sentence}</q>`}` : t.reason}
    <span class="l-facts">${facts(t).join(' · ')}</span></p></li>`)}</ul>`;
function facts(t) {
  return [t.rank && t.rank !== 'not told' && `by the ${t.rank}`, t.channel && `by ${t.channel}`, t.condition && `condition: ${t.condition}`, t.deadline &&
    `until ${dayOf(String(t.deadline))}`,
    `${plural(t.reports, 'report')}, ${plural(t.origins, 'origin')}`].filter(Boolean);
}
