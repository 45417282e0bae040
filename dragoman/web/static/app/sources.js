// Origins go in, a tree comes out: reports that lead back to one origin count as one source, not as many.
import { html, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { sources } from './server.js';
import { Head, Answer, Empty, plural } from './ui.js';

const PAGE = 40;
const ANON = /anonym|unnamed|sources?$|officials?$|witness|activists?$/i;
export function Sources() {
  return html`<section class="panel srcs" aria-labelledby="h-sr"><${Head} id="h-sr"
    title="Who says so" hint="an origin, and under it who retold it; each step in is one more mouth" />
    <${Answer} from=${sources}>${origins => html`<${Tree} origins=${origins} />`}<//></section>`;
}
function Tree({ origins }) {
  const [shown, more] = useState(PAGE), sought = S.query.value.trim().toLowerCase();
  const words = o => `${o.name} ${o.documents.map(d => `${d.publisher} ${d.title} ${d.chain.join(' ')}`).join(' ')}`.toLowerCase();
  const found = sought ? origins.filter(o => words(o).includes(sought)) : origins;
  if (!found.length) return html`<${Empty}>${origins.length ? 'No source fits the search.' : 'No source is told yet.'}<//>`;
  return html`<div class="tree"><ul>${found.slice(0, shown).map(o => html`<li key=${o.name}><span
    class=${'sn' + (ANON.test(o.name) ? ' anon' : '')}>${o.name}</span>
      <span class="hint">${plural(o.claims, 'claim')} in ${plural(o.reports, 'report')}</span><${Node} at=${retold(o)} origin=${o.name} /></li>`)}</ul>
    ${found.length > shown && html`<button class="ghost"
      onClick=${() => more(shown + PAGE)}>Show ${Math.min(PAGE, found.length - shown)} more of ${found.length}</button>`}</div>`;
}
// From the origin outwards: who quoted it, who quoted them, and last the reports themselves.
function retold(origin) {
  const root = { kids: new Map(), docs: [] };
  for (const d of origin.documents) {
    let at = root; const by = [...d.chain].reverse().slice(1);
    for (const name of by) { if (!at.kids.has(name)) at.kids.set(name, { kids: new Map(), docs: [] }); at = at.kids.get(name); }
    at.docs.push(d);
  }
  return root;
}
const Node = ({ at, origin }) => html`<ul>${at.docs.map(d => html`<li key=${d.id}><button class="link"
  onClick=${() => S.pick(d.claim)}>${d.title || d.id}</button>
    <span class="hint">${d.publisher}${d.chain.length === 0 ? ', on its own word' : d.chain.at(-1) !== origin
      ? `, as “${d.chain.at(-1)}”` : ''}</span></li>`)}
  ${[...at.kids].map(([name, kid]) => html`<li key=${'>' + name}><span
    class=${'sn' + (ANON.test(name) ? ' anon' : '')}>${name}</span><${Node} at=${kid} origin=${origin} /></li>`)}</ul>`;
