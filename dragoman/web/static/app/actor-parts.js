// What is told of one party goes in, the parts of its page come out: partners with their lines, kinds of deeds, who tells and speaks.
import { html, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { level } from './cards.js';
import { Empty, Mark, act, markPath, plural, shortDay, signed, stepOf } from './ui.js';

const FEW = 8, DAYS = { day: 1, week: 7, month: 30.44, year: 365.25 };
// A mean is neither word nor deed: its shape tells cooperation, conflict or neither, its colour how far.
export function Mean({ m, words = false }) {
  if (m === null || m === undefined) return null;
  const shown = Math.round(m * 10) / 10 || 0;
  const d = m >= 1.5 ? markPath('COOP', 4) : m <= -1.5 ? markPath('CONF', 4) : 'M-5,-1.8h10v3.6h-10z';
  return html`<span class="mean"><svg class="el-f s${stepOf(m)}" width="13" height="13" viewBox="-6.5 -6.5 13 13" aria-hidden="true"><path d=${d} /></svg><span
    class="vh">, mean intensity </span>${words && html`${level(m)[0]} `}<span class="n">${signed(shown)}</span></span>`;
}
// An address of its own, so that it can be kept and opened beside this one.
export const ActorLink = ({ code, children, ...rest }) => html`<a href="#/actors?actor=${encodeURIComponent(S.party(code))}" ...${rest}
  onClick=${ev => { if (ev.ctrlKey || ev.metaKey || ev.shiftKey) return; ev.preventDefault(); S.openActor(S.party(code)); }}>${children}</a>`;
export const Track = ({ share, what }) => html`<svg class=${'trk ' + what} width="64" height="8" aria-hidden="true"><rect class="track" width="64" height="8"
  rx="2" /><rect class="fill" width=${Math.max(2, 64 * share)} height="8" rx="2" /></svg>`;
export const Type = ({ type, quad = S.data.value.types[type] ?? 'VCOOP' }) => html`<span class=${'pill ' + quad}><${Mark} quad=${quad}
  r=${4} />${act(type)}</span>`;

export function Partners({ who }) {
  const [every, all] = useState(false), rows = every ? who.partners : who.partners.slice(0, FEW);
  if (!rows.length) return html`<${Empty}>It is told of with nobody else.<//>`;
  const days = who.partners.flatMap(p => [...p.series.given, ...p.series.received]).map(point => +new Date(point.period));
  const span = [Math.min(...days), Math.max(...days) + DAYS[who.by] * 864e5];
  return html`<ul class="partners">${rows.map(p => html`<li key=${p.code}><span class="p-name">${p.code === null ? html`<i>nobody told</i>`
      : html`<${ActorLink} code=${p.code} class="link">${S.name(S.party(p.code))}<//>`}</span>
      <${Side} way="given" p=${p} who=${who} span=${span} /><${Side} way="received" p=${p} who=${who} span=${span} /></li>`)}</ul>
    ${who.partners.length > FEW && html`<button class="ghost" aria-expanded=${every}
      onClick=${() => all(!every)}>${every ? 'Fewer' : `All ${who.partners.length}`}</button>`}
    <p class="foot">${rows[0].found > who.partners.length && `These are the ${who.partners.length} in most claims, of ${rows[0].found.toLocaleString('en')}. `}
      ${days.length > 0 && `The lines run from ${shortDay(who.series_first)} to ${shortDay(who.series_last)}. `}A number shows its claims on the desk.</p>`;
}
// One direction: how many claims and how warm, a way to them on the desk, and how that went over time.
function Side({ way, p, who, span }) {
  const n = p[way], me = S.party(who.code), other = p.code === null ? S.UNKNOWN : S.party(p.code), k = way === 'given' ? `${me}>${other}` : `${other}>${me}`;
  const arrow = way === 'given' ? '→' : '←';
  if (!n) return html`<span class="p-side nil"><span class="hint"><span aria-hidden="true">${arrow} </span><span
    class="vh">${S.dyadName(k)}: </span>nothing</span></span>`;
  return html`<span class="p-side"><button class="p-go" title="Show on the desk" onClick=${() => { S.dyad.value = k; S.go('desk'); }}><span
    aria-hidden="true">${arrow} </span><span class="vh">${S.dyadName(k)}: </span>${plural(n, 'claim')} <${Mean} m=${p[`${way}_mean`]} /><span
      class="vh">, show on the desk</span></button><${Spark} points=${p.series[way]} by=${who.by} span=${span} of=${S.dyadName(k)} /></span>`;
}
const W = 128, H = 26;
function Spark({ points, by, span: [from, to], of }) {
  if (!points.length) return null;
  const x = t => W * (t - from) / (to - from), wide = Math.max(1.4, x(from + DAYS[by] * 864e5) - 1);
  const ends = points.length === 1 ? [points[0]] : [points[0], points.at(-1)];
  const told = `${of}, ${plural(points.length, by)} told of: ${ends.map(e => `${shortDay(e.period)} ${signed(e.mean)}`).join(' to ')}`;
  return html`<svg class="spark" width=${W} height=${H} role="img" aria-label=${told}><path class="zero" d="M0,${H / 2}H${W}" />
    ${points.map(e => { const high = Math.max(1.5, Math.abs(e.mean) / 10 * (H / 2 - 1)); return html`<rect key=${e.period} class="el-f s${stepOf(e.mean)}"
      x=${x(+new Date(e.period))} y=${e.mean > 0 ? H / 2 - high : H / 2} width=${wide} height=${high}><title>${shortDay(e.period)}: ${
        plural(e.claims, 'claim')}, ${signed(e.mean)}</title></rect>`; })}</svg>`;
}
// Two bars a type, away from a middle: what is done to it to the left, what it does to the right.
export function Types({ types }) {
  const [every, all] = useState(false), most = Math.max(1, ...types.map(t => Math.max(t.given, t.received)));
  const bar = (n, side) => html`<svg class="mir ${side}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="fill"
    x=${side === 'l' ? 100 - 100 * n / most : 0} width=${100 * n / most} height="10" /></svg>`;
  return html`<table class="mirror"><thead><tr><th scope="col" class="l">Is done to it</th><th scope="col"><span class="vh">What</span></th><th
      scope="col">It does</th></tr></thead>
    <tbody>${(every ? types : types.slice(0, FEW)).map(t => html`<tr key=${t.type} class=${t.quad}><td class="l"><span class="m-in"><span
      class="n">${t.received || ''}</span>${bar(t.received, 'l')}</span><span class="vh">${t.received ? '' : 'none'}</span></td>
      <th scope="row"><${Type} type=${t.type} quad=${t.quad} /></th><td><span class="m-in">${bar(t.given, 'r')}<span
        class="n">${t.given || ''}</span></span><span class="vh">${t.given ? '' : 'none'}</span></td></tr>`)}</tbody></table>
    ${types.length > FEW && html`<button class="ghost" aria-expanded=${every}
      onClick=${() => all(!every)}>${every ? 'Fewer' : `All ${types.length}`}</button>`}`;
}
export function Told({ origins }) {
  if (!origins.length) return html`<${Empty}>Nobody is told to vouch.<//>`;
  return html`<ol class="a-list">${origins.map(o => html`<li key=${o.name}><b>${o.name}</b><span class="hint">${plural(o.claims, 'claim')} in ${
    plural(o.reports, 'report')}</span><${Track} share=${o.claims / origins[0].claims} what="given" /></li>`)}</ol>
    ${origins[0].found > origins.length && html`<p class="foot">These are ${origins.length} of ${origins[0].found.toLocaleString('en')}.</p>`}`;
}
export function People({ people }) {
  const [every, all] = useState(false), shown = every ? people : people.slice(0, 12);
  const facts = p => [p.acts && `acts in ${p.acts}`, p.undergoes && `undergoes ${p.undergoes}`, p.vouches && `vouches for ${p.vouches}`].filter(Boolean);
  return html`<ol class="a-list">${shown.map(p => html`<li key=${p.name}><b>${p.name}</b><span class="hint">${facts(p).join(', ')}</span></li>`)}</ol>
    ${people.length > 12 && html`<button class="ghost" aria-expanded=${every}
      onClick=${() => all(!every)}>${every ? 'Fewer' : `All ${people.length}`}</button>`}
    ${people[0]?.found > people.length && html`<p class="foot">These are ${people.length} of ${people[0].found.toLocaleString('en')} names.</p>`}`;
}
