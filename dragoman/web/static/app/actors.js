// Parties go in, a list comes out that is searched by name; the chosen one gets a page: what it does, to whom, and who tells of it.
import { html, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { actor, actors } from './server.js';
import { Card } from './cards.js';
import { Entries } from './ledger.js';
import { ClaimTable } from './table.js';
import { ActorLink, Partners, Types, People, Told, Mean, Track, Type } from './actor-parts.js';
import { Head, Answer, Empty, dayOf, plural } from './ui.js';

const PAGE = 60, FEW = 8;
export function Actors() {
  return S.actor.value ? html`<${ActorPage} key=${S.actor.value} />` : html`<section class="panel actors" aria-labelledby="h-ac"><${Head} id="h-ac"
    title="Actors" hint="who acts and is acted upon, those in most claims first; the search at the top finds them by name or code" />
    <${Answer} from=${actors}>${found => html`<${List} ...${found} />`}<//></section>`;
}
function List({ actors: rows, found, total }) {
  const [shown, more] = useState(PAGE), most = Math.max(1, ...rows.map(a => Math.max(a.acts, a.undergoes)));
  if (!rows.length) return html`<${Empty}>${total ? 'No actor fits the search.' : 'No claim names an actor.'}<//>`;
  return html`<p class="act-key" aria-hidden="true"><span></span><span>does</span><span>undergoes</span><span>vouches for</span></p>
    <ol class="actlist">${rows.slice(0, shown).map(a => html`<li key=${a.code}><${ActorLink} code=${a.code} class="actrow"><span
      class="a-name"><b>${a.name}</b> <span class="hint">${a.code === a.name.toLowerCase() ? '' : a.code}</span></span>
      <${Way} n=${a.acts} m=${a.given} most=${most} told="does" what="given" /><${Way} n=${a.undergoes} m=${a.received} most=${most}
        told="undergoes" what="received" /><span class="a-src">${a.as_source > 0 && html`<span class="vh">vouches for </span>${
          plural(a.as_source, 'claim')}`}</span><//></li>`)}</ol>
    ${rows.length > shown && html`<button class="ghost"
      onClick=${() => more(shown + PAGE)}>Show ${Math.min(PAGE, rows.length - shown)} more of ${rows.length}</button>`}
    <p class="foot">${found > rows.length && `These are the ${rows.length} in most claims, of ${found.toLocaleString('en')} that fit. Search for the others. `}
      The shape is the mean intensity: a circle is cooperation, a diamond conflict, a bar neither.</p>`;
}
const Way = ({ n, m, most, told, what }) => html`<span class=${'a-way ' + what}>${n > 0 ? html`<span class="vh">${told} </span><${Track}
  share=${n / most} what=${what} /><span class="n">${plural(n, 'claim')}</span> <${Mean} m=${m} />`
    : html`<span class="vh">${told} </span><span class="hint">nothing</span>`}</span>`;

const STRIP = found => html`<ol class="strip" tabindex="0"
  aria-label="Shifts of position">${found.map((s, i) => html`<${Card} key=${i} s=${s} />`)}</ol>`;
function ActorPage() {
  const at = actor.deeds.at.value, who = at.state === 'ready' ? at.value : null;
  return html`<section class="panel actor" aria-labelledby="h-one"><a class="ghost back" href="#/actors" onClick=${ev => {
      ev.preventDefault(); S.openActor(null); }}><span aria-hidden="true">← </span>All actors</a>
      <h2 id="h-one">${who?.name ?? S.name(S.actor.value)}</h2><${Answer} from=${actor.deeds}>${found => html`<${Facts} who=${found} />`}<//></section>
    ${who && html`<${Panel} id="h-to" title="Towards whom" hint=${who.by && `bars: mean intensity ${BY[who.by]}; up is cooperation, down conflict`}>
        <${Partners} who=${who} /><//>
      <${Panel} id="h-mv" title="What moved" hint="its position, or that of others towards it"><${Answer} from=${actor.told}>${told => told.shifts.length
        ? STRIP(told.shifts) : html`<${Empty}>Too little is told to say that a position moved.<//>`}<//><//>
      <${Panel} id="h-le" title="What it threatened, promised, asked and denied"><${Answer} from=${actor.ledger}>${({ ledger }) => html`<${Said}
        all=${ledger} />`}<//><//>
      <${Panel} id="h-ty" title="What it does and what is done to it"><${Types} types=${who.types} /><//>
      <div class="two"><${Panel} id="h-so" title="Who tells of it" hint="who vouches in the end"><${Answer} from=${actor.told}>${({ origins }) =>
          html`<${Told} origins=${origins} />`}<//><//>
        <${Panel} id="h-pe" title="Who acts and speaks for it"><${People} people=${who.people} /><//></div>
      <${Panel} id="h-is" title="Most widely told" hint="incidents in which it takes part"><${Answer} from=${actor.told}>${({ incidents }) =>
        html`<${Widely} found=${incidents} />`}<//><//>
      <${Panel} id="h-la" title="Latest claims" hint="in which it takes part"><${Answer} from=${actor.told}>${told =>
        html`<${Latest} ...${told} />`}<//><//>`}`;
}
const between = ({ first_day: a, last_day: b }) => a === b ? dayOf(a) : `${dayOf(a)} – ${dayOf(b)}`;
const BY = { day: 'day by day', week: 'week by week', month: 'month by month', year: 'year by year' };
const Panel = ({ id, title, hint, children }) => html`<section class="panel" aria-labelledby=${id}><${Head} id=${id} title=${title} hint=${hint} />
  ${children}</section>`;
function Facts({ who }) {
  const days = who.first_day ? between(who) : 'no day told';
  return html`<p class="sub">${who.code === who.name.toLowerCase() ? '' : `${who.code} · `}${plural(who.claims, 'claim')} · ${days}</p>
    <dl class="a-facts"><div><dt>It does</dt><dd>${plural(who.acts, 'claim')} <${Mean} m=${who.given} words /></dd></div>
      <div><dt>It undergoes</dt><dd>${plural(who.undergoes, 'claim')} <${Mean} m=${who.received} words /></dd></div>
      <div><dt>It vouches for</dt><dd>${plural(who.as_source, 'claim')}</dd></div></dl>`;
}
function Said({ all }) {
  const own = t => S.party(t.actor_party) === S.actor.value;
  if (!all.length) return html`<${Empty}>No threat, promise, demand or denial of it, or towards it, is told.<//>`;
  return html`<${Group} title="Its own" rows=${all.filter(own)} /><${Group} title="Towards it" rows=${all.filter(t => !own(t))} />
    ${all[0].found > all.length && html`<p class="foot">These are the latest ${all.length} of ${plural(all[0].found, 'entry', 'entries')}.</p>`}`;
}
function Group({ title, rows }) {
  const [every, all] = useState(false); if (!rows.length) return null;
  return html`<h3 class="sub-h">${title} <span class="hint">${plural(rows.length, 'entry', 'entries')}</span></h3>
    <${Entries} rows=${every ? rows : rows.slice(0, FEW)} />
    ${rows.length > FEW && html`<button class="ghost" aria-expanded=${every}
      onClick=${() => all(!every)}>${every ? 'Fewer' : `All ${rows.length}`}</button>`}`;
}
function Widely({ found }) {
  if (!found.length) return html`<${Empty}>No incident with it is told as done.<//>`;
  return html`<ul class="wide-list">${found.map(i => html`<li key=${i.id}><button class="a-inc"
    onClick=${() => { S.incident.value = i.id; S.go('incidents'); }}>
    <span class="l-when">${between(i)}</span>
    <${What} i=${i} /><span class="hint">${plural(i.reports, 'report')}, ${plural(i.origins, 'origin')}${
      i.contested ? ', contested' : ''}</span></button></li>`)}</ul>
    ${found[0].found > found.length && html`<p class="foot">These are the ${found.length} most widely told of ${found[0].found.toLocaleString('en')}.</p>`}`;
}
const What = ({ i }) => html`<span class="i-what"><b>${i.actor_name ?? 'unknown'}</b> <${Type} type=${i.type} /> <b>${i.recipient_name ?? 'unknown'}</b>
  ${i.place_name && html` <span class="hint">${i.place_name}</span>`}</span>`;
function Latest({ latest, latest_of: total }) {
  return html`<${ClaimTable} claims=${latest.map(c => S.byId.value.get(c.id) ?? S.shape(c))} />
    ${total > latest.length && html`<p class="foot">These are the latest ${latest.length} of ${plural(total, 'claim')}.</p>`}`;
}
