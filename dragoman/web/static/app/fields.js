// What a form knows of a claim goes in, a field for each thing that a person may say of it comes out; for correcting and for adding.
import { html, useState } from '../vendor/vendor.js';
import * as S from './state.js';
import { reviewer, setReviewer } from './server.js';

const STATUSES = ['actual', 'alleged', 'planned', 'hypothetical', 'negated'];
export const NAMES = ['type', 'mode', 'actor_name', 'actor_code', 'recipient_name', 'recipient_code', 'status', 'date_value', 'place_name',
  'place_country', 'sources'];

// `was` holds a value for each of NAMES; a type of '' has to be chosen.
export function Fields({ form, was }) {
  // A party's name that the case knows brings its code along; a new type has modes of its own.
  const onName = side => ev => {
    const code = Object.keys(S.data.value.parties).find(k => S.data.value.parties[k].name === ev.target.value);
    if (code) form.current.elements[side + '_code'].value = code === ev.target.value ? '' : code;
  };
  const [type, setType] = useState(was.type), modes = S.data.value.modes[type] ?? [];
  const onType = ev => { setType(ev.target.value); form.current.elements.mode.value = ev.target.value === was.type ? was.mode : ''; };
  const names = [...new Set(Object.keys(S.data.value.parties).filter(code => code !== S.UNKNOWN).map(S.name))];
  const choice = (name, label, list, more = {}) => html`<label>${label}<select name=${name} ...${more}>${!was[name] && html`<option
    value="" selected>choose…</option>`}${list.map(k => html`<option value=${k} selected=${k === was[name]}>${k.toLowerCase()}</option>`)}</select></label>`;
  const field = (name, label, more = {}) => html`<label>${label}<input name=${name} defaultValue=${was[name]} autocomplete="off" ...${more} /></label>`;
  const party = (side, label) => html`<div class="pair">${field(side + '_name', label, { list: 'd-parties', onInput: onName(side) })}${field(side + '_code',
    html`Code<span class="vh">, ${label.toLowerCase()}</span>`)}</div>`;
  return html`${party('actor', 'Who')}
    <div class="pair">${choice('type', 'Did', Object.keys(S.data.value.types), { onChange: onType, required: true })}${field('mode', 'Mode',
      { list: 'd-modes' })}</div>
    ${party('recipient', 'To whom')}
    <div class="pair">${choice('status', 'Status', STATUSES)}${field('date_value', 'Day', { placeholder: '2018-04-12' })}</div>
    <div class="pair">${field('place_name', 'Place')}${field('place_country', 'Country', { placeholder: 'SYR', maxlength: 3 })}</div>
    ${field('sources', 'According to', { placeholder: 'Kommersant > ministry sources' })}
    <label>Reason<input name="reason" maxlength="2000" autocomplete="off" /></label>
    ${!reviewer.value && html`<label>Your name<input name="reviewer" maxlength="200" autocomplete="name" required /></label>`}
    <datalist id="d-parties">${names.map(n => html`<option value=${n} />`)}</datalist><datalist id="d-modes">${modes.map(n => html`<option
      value=${n} />`)}</datalist>`;
}
// What was filled in, without blanks at the ends; null where the name of who decides is missing, else it is remembered.
export function filled(form) {
  const given = Object.fromEntries([...new FormData(form)].map(([k, v]) => [k, v.trim()]));
  if (given.reviewer !== undefined) { if (!given.reviewer) return null; setReviewer(given.reviewer); }
  return given;
}
export const End = ({ note, save, close }) => html`${note && html`<p class="wrong" role="alert">${note}</p>`}
  <div class="acts"><button class="act ok" type="submit">${save}</button><button class="act" type="button" onClick=${close}>Cancel</button></div>`;
