// A claim goes in, a form on every field that may be corrected comes out; only what was changed is sent.
import { html, useRef, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { current, decide, detail, refused, reviewer, setReviewer } from './server.js';

const STATUSES = ['actual', 'alleged', 'planned', 'hypothetical', 'negated'];
function fieldsOf(c) {
  const full = { ...c, ...(detail.at.value.value?.id === c.id ? detail.at.value.value : {}) };
  return { type: c.type, mode: c.mode ?? '', actor_name: c.actor_name ?? '',
    actor_code: full.actor_code ?? '', recipient_name: c.recipient_name ?? '', recipient_code: full.recipient_code ?? '',
    status: c.status, date_value: full.date_value ?? c.day ?? '', place_name: c.place ?? '', place_country: c.country ?? '', sources: c.chain.join(' > ') };
}
export function CorrectForm() {
  const c = current(), form = useRef(null), [note, setNote] = useState(null); if (!c) return null;
  const was = fieldsOf(c), close = () => { S.dialog.value = null; };
  const save = async ev => {
    ev.preventDefault(); const given = Object.fromEntries(new FormData(form.current));
    if (given.reviewer !== undefined) { if (!given.reviewer.trim()) return setNote('Your name is missing.'); setReviewer(given.reviewer); }
    const changes = Object.fromEntries(Object.keys(was).filter(k => given[k].trim() !== was[k]).map(k => [k, given[k].trim()]));
    if (!Object.keys(changes).length) return setNote('Nothing is changed yet. To say that all is right, accept the claim.');
    if (await decide(c.id, 'correct', { changes, reason: given.reason })) close(); else { setNote(refused.value); refused.value = null; }
  };
  // A party's name that the case knows brings its code along; a new type has modes of its own.
  const onName = side => ev => {
    const code = Object.keys(S.data.value.parties).find(k => S.data.value.parties[k].name === ev.target.value);
    if (code) form.current.elements[side + '_code'].value = code === ev.target.value ? '' : code;
  };
  const onType = ev => { form.current.elements.mode.value = ev.target.value === c.type ? was.mode : ''; };
  const modes = [...new Set(S.claims.value.map(o => o.mode).filter(Boolean))].sort(),
    names = [...new Set(Object.values(S.data.value.parties).map(p => p.name))];
  const choice = (name, label, list, on) => html`<label>${label}<select name=${name} onChange=${on}>${list.map(k => html`<option
    value=${k} selected=${k === was[name]}>${k.toLowerCase()}</option>`)}</select></label>`;
  const field = (name, label, more = {}) => html`<label>${label}<input name=${name} defaultValue=${was[name]} autocomplete="off" ...${more} /></label>`;
  return html`<form ref=${form} onSubmit=${save} class="correct"><h2>Correct the claim</h2><blockquote>${c.evidence}</blockquote>
    <div class="pair">${field('actor_name', 'Who', { list: 'd-parties', onInput: onName('actor') })}${field('actor_code', 'Code')}</div>
    <div class="pair">${choice('type', 'Did', Object.keys(S.data.value.types), onType)}${field('mode', 'Mode', { list: 'd-modes' })}</div>
    <div class="pair">${field('recipient_name', 'To whom', { list: 'd-parties', onInput: onName('recipient') })}${field('recipient_code', 'Code')}</div>
    <div class="pair">${choice('status', 'Status', STATUSES)}${field('date_value', 'Day', { placeholder: '2018-04-12' })}</div>
    <div class="pair">${field('place_name', 'Place')}${field('place_country', 'Country', { placeholder: 'SYR', maxlength: 3 })}</div>
    ${field('sources', 'According to', { placeholder: 'Kommersant > ministry sources' })}
    <label>Reason<input name="reason" maxlength="2000" autocomplete="off" /></label>
    ${!reviewer.value && html`<label>Your name<input name="reviewer" maxlength="200" autocomplete="name" /></label>`}
    <datalist id="d-parties">${names.map(n => html`<option value=${n} />`)}</datalist><datalist id="d-modes">${modes.map(n => html`<option
      value=${n} />`)}</datalist>
    ${note && html`<p class="wrong" role="alert">${note}</p>`}
    <div class="acts"><button class="act ok" type="submit">Save correction</button><button class="act" type="button"
      onClick=${close}>Cancel</button></div></form>`;
}
