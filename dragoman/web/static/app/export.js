// The filters and the forms of the case go in, a link to a file comes out; what a form is for and what it loses is told before.
import { html, signal, useEffect } from '../vendor/vendor.js';
import * as S from './state.js';
import { resource } from './server.js';
import { Head, Answer, Empty, Failed, fFull, lastOf, plural } from './ui.js';

const exports = resource('The forms of export');
const asked = signal(null);                        // the file that was asked for last, and of which address
const iso = date => date.toISOString().slice(0, 10);

function days([a, end]) {
  const b = lastOf(end); if (+a === +b) return fFull(a);
  return iso(a).slice(0, 7) === iso(b).slice(0, 7) ? `${a.getUTCDate()}–${fFull(b)}` : `${fFull(a)} – ${fFull(b)}`;
}
function inWords() {
  return [S.dyad.value && S.dyadName(S.dyad.value), S.range.value && days(S.range.value),
    S.quads.value.size < S.QUADS.length && S.QUADS.filter(q => S.quads.value.has(q.id)).map(q => q.name.toLowerCase()).join(', '),
    S.query.value.trim() && `with “${S.query.value.trim()}”`].filter(Boolean).join(', ');
}
const href = (form, asks) => `/api/export/${form.id}${asks ? '?' + asks : ''}`;

export function Export() {
  const asks = S.everything.value ? '' : S.filters().toString(), from = exports, first = from.at.value.state === 'idle';
  useEffect(() => {
    const timer = setTimeout(() => from.load('/api/exports' + (asks ? '?' + asks : ''), { quiet: !first }), first ? 0 : 250);
    return () => clearTimeout(timer);
  }, [asks, S.data.value]);
  return html`<section class="panel exp" aria-labelledby="h-ex"><${Head} id="h-ex" title="Export" hint="claims as people left them, for other programs" />
    <${Answer} from=${from}>${told => html`<${Choice} told=${told} asks=${asks} />`}<//></section>`;
}
function Choice({ told, asks }) {
  const form = told.forms.find(f => f.id === S.form.value) ?? told.forms[0], limited = S.filtered.value && !S.everything.value;
  return html`<div class="exp-two"><div class="exp-ask">
    <fieldset><legend>What</legend>
      <label class="opt"><input type="radio" name="what" checked=${!limited} onChange=${() => { S.everything.value = S.filtered.value; }} /><span>
        <b>All claims</b> <span class="hint">${plural(told.total, 'claim')}</span></span></label>
      <label class="opt"><input type="radio" name="what" checked=${limited} disabled=${!S.filtered.value}
        onChange=${() => { S.everything.value = false; }} /><span>
        <b>Only what fits the desk’s filters</b> <span class="hint">${S.filtered.value ? inWords() + (limited ? `, ${plural(told.claims, 'claim')}` : '')
          : 'No filter is set: choose a pair, a period or classes on the desk, or search above.'}</span></span></label></fieldset>
    <${Forms} title="Form: dragoman’s own" forms=${told.forms.filter(f => f.own)} form=${form} />
    <${Forms} title="Form: of other programs" forms=${told.forms.filter(f => !f.own)} form=${form} /></div>
    <${Made} told=${told} form=${form} asks=${asks} limited=${limited} /></div>`;
}
const Forms = ({ title, forms, form }) => html`<fieldset><legend>${title}</legend>${forms.map(f => html`<label class="opt" key=${f.id}><input
  type="radio" name="form" value=${f.id} checked=${f === form} onChange=${() => { S.form.value = f.id; }} /><span><b>${f.title}</b> <span
    class="hint">${f.purpose}</span></span></label>`)}</fieldset>`;
function Made({ told, form, asks, limited }) {
  const link = href(form, asks), zip = form.file.endsWith('.zip');
  return html`<div class="exp-file" role="group" aria-labelledby="h-ef"><h3 id="h-ef" class="sub-h">${form.title}</h3>
    <p>${plural(told.claims, 'claim')}${limited ? ', ' + inWords() : ', the whole case'}. ${form.own && told.decisions > 0
      ? `The ${plural(told.decisions, 'decision')} of people ${told.decisions === 1 ? 'lies' : 'lie'} beside, in a second file; what was rejected is left out.`
      : 'What people rejected is left out, what they corrected stands corrected.'}${zip && ' Both files come in one .zip.'}</p>
    <h4 class="lose-h">What is lost</h4><ul class="loses">${form.loses.map((lost, i) => html`<li key=${i}>${lost}</li>`)}</ul>
    ${told.claims ? html`<p class="acts"><a class="act ok exp-go" href=${link} download=${form.file}
      onClick=${() => { asked.value = { file: form.file, link }; }}>Export ${form.file}</a></p>
      <p class="foot" role="status">${asked.value?.link === link ? html`<b>${asked.value.file}</b> is being made; your browser keeps it when it is whole.${
        told.claims > 20_000 ? ' With so many claims this may take a minute.' : ''}` : ''}</p>`
      : html`<${Empty}>${limited ? 'No claim fits these filters. Widen them on the desk, or choose all claims.'
        : 'This case holds no claim yet, so there is nothing to export. Import articles first.'}<//>`}</div>`;
}
