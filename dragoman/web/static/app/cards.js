// Shifts of position go in, a strip of cards comes out: between whom, when, from what level to what, and on what it rests.
import { html } from '../vendor/vendor.js';
import * as S from './state.js';
import { shifts } from './server.js';
import { Head, Answer, Empty, shortDay, signed } from './ui.js';

// A mean intensity as a word, and the colours that go with it.
export const level = v => v <= -5 ? ['very cold', 'MCONF'] : v <= -1.5 ? ['cold', 'VCONF']
  : v < 1.5 ? ['mixed', 'mid'] : v < 5 ? ['warm', 'VCOOP'] : ['very warm', 'MCOOP'];
const Pill = ({ v }) => html`<span class=${'pill plain ' + level(v)[1]}>${level(v)[0]} ${signed(v)}</span>`;

export function Cards() {
  return html`<section class="cards" aria-labelledby="h-ch"><${Head} id="h-ch" title="What changed" hint="where a position moved, the surest first" />
    <${Answer} from=${shifts}>${found => found.length ? html`<ol class="strip" tabindex="0"
      aria-label="Shifts of position">${found.map((s, i) => html`<${Card} key=${i} s=${s} />`)}</ol>`
      : html`<div class="panel"><${Empty}>Too little is told to say that a position moved.<//></div>`}<//></section>`;
}
export function Card({ s }) {
  const before = s.told.findLast(c => c.day < s.day), after = s.told.find(c => c.day >= s.day), first = after ?? before;
  const when = s.earliest === s.latest ? shortDay(s.day) : `${shortDay(s.day)} (${shortDay(s.earliest)} – ${shortDay(s.latest)})`;
  const k = `${S.party(s.actor)}>${S.party(s.target)}`;
  return html`<li class=${'card' + (s.carriers.includes(S.selected.value) ? ' on' : '')}><button class="cardbtn"
    onClick=${() => { S.dyad.value = null; S.pick(first?.id ?? s.carriers[0]); }}>
    <span class="c-top"><b>${S.dyadName(k)}</b><span class="c-conf"><span class="vh">probability </span>${Math.round(s.probability * 100)}%<span
      class="meter" aria-hidden="true"><i class="m${Math.round(s.probability * 10)}"></i></span></span></span>
    <span class="c-shift"><${Pill} v=${s.before} /><span class="arr"><span aria-hidden="true">→</span><span
      class="vh"> to </span></span><${Pill} v=${s.after} /><span class="c-when">${s.direction}, ${when}</span></span>
    ${[before, after].filter(Boolean).map(c => html`<span class="c-ev"><time>${shortDay(c.day)}</time><span>${c.evidence}</span></span>`)}
    <span class="c-foot">${s.survives ? 'Holds without any one source' : `Rests on ${s.rests_on}: not found without it`}</span></button></li>`;
}
