// Claims of a case go in, what every view shows comes out: signals hold the filters, computed() holds what follows.
import { signal, computed, batch, effect, utcDay } from '../vendor/vendor.js';

export const QUADS = [
  { id: 'VCOOP', name: 'Verbal cooperation' }, { id: 'MCOOP', name: 'Material cooperation' },
  { id: 'VCONF', name: 'Verbal conflict' }, { id: 'MCONF', name: 'Material conflict' }];
export const ROUTES = ['desk', 'map', 'network', 'threats', 'sources', 'incidents', 'actors', 'review', 'documents', 'export'];
export const UNKNOWN = '?';
const ALL = QUADS.map(q => q.id);

export const data = signal(null);               // the answer of /api/desk, claims by day
export const route = signal('desk');
export const range = signal(null);              // [first day, day after the last] or null = all
export const quads = signal(new Set(ALL));
export const dyad = signal(null);               // "RUS>USA" or null
export const query = signal('');
export const outcome = signal(null);            // of the ledger: "carried out" … or null = all
export const incident = signal(null);           // the incident that is open, or null
export const actor = signal(null);               // the party whose page is open, by code, or null
export const report = signal(null);              // a report that is open without a claim chosen, or null
export const contested = signal(false);         // only incidents that reports contradict
export const table = signal(false);             // the timeline as a table
export const selected = signal(null);           // a claim's id
export const sheet = signal(false);             // reader as a full-screen sheet (narrow screens)
export const dialog = signal(null);             // 'help' | 'correct' | null
export const announce = signal('');             // live region text

const learned = signal({});                     // names of parties that no claim on the desk has, by code
export const learn = names => { learned.value = { ...learned.peek(), ...names }; };
export const name = code => code === UNKNOWN ? 'unknown' : data.value?.parties[code]?.name ?? learned.value[code] ?? code;
export const party = code => (code ?? UNKNOWN).replaceAll('>', '›');
export const key = claim => `${claim.src}>${claim.tgt}`;
export const dyadName = k => k.split('>').map(name).join(' → ');
export const claims = computed(() => data.value?.claims ?? []);
export const byId = computed(() => new Map(claims.value.map(c => [c.id, c])));

const words = c => `${c.evidence} ${c.type} ${name(c.src)} ${name(c.tgt)} ${c.actor_name ?? ''} ${c.recipient_name ?? ''} `
  + `${c.place ?? ''} ${c.publisher ?? ''} ${c.title ?? ''} ${c.chain.join(' ')}`;
const inRange = c => !range.value || (c.date && c.date >= range.value[0] && c.date < range.value[1]);
function passing(skip) {
  const sought = query.value.trim().toLowerCase();
  return claims.value.filter(c => quads.value.has(c.quad)
    && (skip === 'dyad' || !dyad.value || key(c) === dyad.value)
    && (skip === 'range' || inRange(c))
    && (!sought || words(c).toLowerCase().includes(sought)));
}
export const visible = computed(() => passing());
export const forTimeline = computed(() => passing('range'));
export const forMatrix = computed(() => standing(passing('dyad')));
// What was rejected is still shown where claims are, faded; no number counts it.
export const standing = list => list.filter(c => c.review !== 'reject');
export const filtered = computed(() => !!(dyad.value || range.value || query.value || quads.value.size < ALL.length));

// The days drawn. A report of April may tell of 2013: one day in fifty at either end is left to the table when it lies far off.
export const domain = computed(() => {
  const days = claims.value.filter(c => c.date).map(c => +c.date);
  const given = data.value?.case, at = text => utcDay.floor(new Date(text + 'T00:00Z'));
  if (!days.length) {
    const a = given?.first_day ? at(given.first_day) : utcDay.floor(new Date());
    return [a, utcDay.offset(given?.last_day ? at(given.last_day) : a, 1)];
  }
  const cut = Math.floor(days.length * .02), core = [days[cut], days[days.length - 1 - cut]], DAY = 864e5;
  const pad = Math.max(7 * DAY, (core[1] - core[0]) * .25);
  const near = days.filter(d => d >= core[0] - pad && d <= core[1] + pad);
  return [utcDay.floor(new Date(near[0])), utcDay.offset(utcDay.floor(new Date(near.at(-1))), 1)];
});

export function prepare(answer) {
  const found = answer.claims.map(shape);
  found.sort((a, b) => (a.date ? +a.date : Infinity) - (b.date ? +b.date : Infinity) || (a.document < b.document ? -1 : a.document > b.document ? 1 : 0));
  return { ...answer, claims: found };
}
export function shape(claim) {
  return { ...claim, src: party(claim.actor), tgt: party(claim.recipient), chain: claim.chain ?? [], date: claim.day ? new Date(claim.day + 'T00:00Z') : null };
}
export function replace(claim) {
  if (!byId.value.has(claim.id)) return;
  data.value = { ...data.value, claims: claims.value.map(c => c.id === claim.id ? { ...c, ...shape(claim) } : c) };
}

export function pick(id, { open = true } = {}) {
  if (!id) return;
  batch(() => { selected.value = id; if (open && matchMedia('(max-width: 900px)').matches) sheet.value = true; });
}
export function step(by) {
  const list = visible.value; if (!list.length) return;
  const at = list.findIndex(c => c.id === selected.value);
  pick(list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))].id, { open: false });
}
export function go(to) { batch(() => { route.value = to; sheet.value = false; }); }
export function openActor(code) { batch(() => { actor.value = code; go('actors'); }); }
export function clear() {
  batch(() => { dyad.value = null; range.value = null; query.value = ''; quads.value = new Set(ALL); });
}
export function toggleQuad(id) {
  const next = new Set(quads.value); next.has(id) ? next.delete(id) : next.add(id);
  quads.value = next.size ? next : new Set(ALL);
}
export const toggleDyad = k => { dyad.value = dyad.value === k ? null : k; };

// The address holds everything an analyst filtered; a change of screen is a step in the browser's history.
let written = null;
const screen = () => route.value === 'actors' ? `actors ${actor.value ?? ''}` : route.value;
const day = date => date.toISOString().slice(0, 10);
export function keepAddress() {
  effect(() => {
    const p = new URLSearchParams();
    if (selected.value) p.set('claim', selected.value);
    if (dyad.value) p.set('dyad', dyad.value);
    if (query.value) p.set('q', query.value);
    if (quads.value.size < ALL.length) p.set('quads', [...quads.value].join(','));
    if (range.value) p.set('span', range.value.map(day).join('_'));
    if (outcome.value) p.set('outcome', outcome.value);
    if (incident.value) p.set('incident', incident.value);
    if (contested.value) p.set('contested', '1');
    if (actor.value) p.set('actor', actor.value);
    if (report.value) p.set('report', report.value);
    if (table.value) p.set('table', '1');
    const address = `#/${route.value}?${p}`;
    if (address !== location.hash) history[written && written !== screen() ? 'pushState' : 'replaceState'](null, '', address);
    written = screen();
  });
}
export function readAddress() {
  const m = location.hash.match(/^#\/(\w+)(?:\?(.*))?/); if (!m) return;
  const p = new URLSearchParams(m[2] ?? '');
  const chosen = (p.get('quads') ?? '').split(',').filter(q => ALL.includes(q));
  const span = (p.get('span') ?? '').split('_').map(s => new Date(s + 'T00:00Z'));
  batch(() => {
    route.value = ROUTES.includes(m[1]) ? m[1] : 'desk';
    if (p.get('claim')) selected.value = p.get('claim');
    dyad.value = p.get('dyad'); query.value = p.get('q') ?? ''; outcome.value = p.get('outcome'); table.value = p.get('table') === '1';
    incident.value = p.get('incident'); contested.value = p.get('contested') === '1';
    actor.value = p.get('actor'); written = screen(); report.value = p.get('report');
    quads.value = new Set(chosen.length ? chosen : ALL);
    range.value = span.length === 2 && span.every(d => !isNaN(d)) && span[0] < span[1] ? span : null;
  });
}
