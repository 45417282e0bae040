// Claims go in, a table of all of them comes out, the undated last; it holds what the timeline cannot draw.
import { html, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { fFull, act, signed } from './ui.js';

const PAGE = 300, MOST = 3000;
// With `earlier` the claims are the latest of a large case that fit; more of them can be asked for.
export function ClaimTable({ claims, earlier = false }) {
  const [shown, more] = useState(PAGE);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Claims as a table"><table class="evt">
    <thead><tr><th scope="col">Day</th><th scope="col">Who</th><th scope="col">Did</th><th scope="col">To whom</th><th scope="col" class="n">Int.</th>
      <th scope="col">Status</th><th scope="col">According to</th><th scope="col">Evidence</th></tr></thead>
    <tbody>${claims.slice(0, shown).map(c => html`<tr key=${c.id} class=${(c.id === S.selected.value ? 'on ' : '') + (c.review === 'reject' ? 'rej' : '')}>
      <td class="n">${c.date ? fFull(c.date) : 'no date'}</td><td>${S.name(c.src)}</td>
      <td><button class=${'link ' + c.quad} onClick=${() => S.pick(c.id)}>${act(c.type)}</button></td><td>${S.name(c.tgt)}</td>
      <td class="n">${signed(c.intensity)}</td><td>${c.status}${c.review ? ', ' + REVIEWED[c.review] : ''}</td>
      <td>${c.chain.at(-1) ?? c.publisher}</td><td class="ell">${c.evidence}</td></tr>`)}</tbody></table>
    ${claims.length > shown && html`<button class="ghost"
      onClick=${() => more(shown + PAGE)}>Show ${Math.min(PAGE, claims.length - shown)} more of ${claims.length}</button>`}
    ${earlier && claims.length <= shown && S.found.value > claims.length && (claims.length < MOST ? html`<button class="ghost"
      onClick=${() => { more(claims.length + PAGE); S.rows.value = Math.min(MOST, claims.length + PAGE); }}>Show ${PAGE} earlier ones of ${
        S.found.value.toLocaleString('en')}</button>`
      : html`<p class="foot">These are the latest ${claims.length.toLocaleString('en')}. Choose a pair, days or words to see others.</p>`)}</div>`;
}
export const REVIEWED = { accept: 'accepted', correct: 'corrected', reject: 'rejected', add: 'added' };
