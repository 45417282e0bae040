// Claims of a case go in, what every view shows comes out: signals hold the filters, computed() holds what follows.
// Of a large case the page holds the latest claims that fit, and marks that stand for many; every count is over c.n.
import { signal, computed, batch, effect, sum, utcDay } from '../vendor/vendor.js';

export const QUADS = [
  { id: 'VCOOP', name: 'Verbal cooperation' }, { id: 'MCOOP', name: 'Material cooperation' },
  { id: 'VCONF', name: 'Verbal conflict' }, { id: 'MCONF', name: 'Material conflict' }];
export const ROUTES = ['desk', 'map', 'network', 'threats', 'sources', 'incidents', 'actors', 'review', 'documents', 'export'];
export const UNKNOWN = '?';
const ALL = QUADS.map(q => q.id);

export const data = signal(null);               // the answer of /api/desk, claims by day
export const drawn = signal(null);              // of a large case: the marks of what fits, /api/marks
export const listed = signal(null);             // of a large case: the latest claims that fit, { found, claims }
export const rows = signal(300);                // how many of them are asked for
export const turn = signal(0);                  // counts up when what fits is to be asked for again
export const many = signal(false);              // the timeline with many lines
export const route = signal('desk');
export const range = signal(null);              // [first day, day after the last] or null = all
export const quads = signal(new Set(ALL));
export const dyad = signal(null);               // "RUS>USA" or null
export const query = signal('');
export const outcome = signal(null);            // of the ledger: "carried out" … or null = all
export const incident = signal(null);           // the incident that is open, or null
export const actor = signal(null);               // the party whose page is open, by code, or null
export const report = signal(null);              // a report that is open without a claim chosen, or null
export const order = signal('newest');          // of the documents: newest, claims or none (no claim first)
export const form = signal('csv');               // the format that is chosen for export
export const everything = signal(false);         // export all claims, whatever the filters are
export const contested = signal(false);         // only incidents that reports contradict
export const table = signal(false);             // the timeline as a table
export const selected = signal(null);           // a claim's id
export const sheet = signal(false);             // reader as a full-screen sheet (narrow screens)
export const dialog = signal(null);             // 'help' | 'correct' | 'add' | null
export const announce = signal('');             // live region text

const learned = signal({});                     // names of parties that no claim on the desk has, by code
export const learn = names => { learned.value = { ...learned.peek(), ...names }; };
export const name = code => code === UNKNOWN ? 'unknown' : data.value?.parties[code]?.name ?? learned.value[code] ?? code;
export const party = code => (code ?? UNKNOWN).replaceAll('>', '›');
export const key = claim => `${claim.src}>${claim.tgt}`;
export const dyadName = k => k.split('>').map(name).join(' → ');
export const whole = computed(() => data.value?.whole ?? true);
export const claims = computed(() => (whole.value ? data.value?.claims : listed.value?.claims) ?? []);
export const count = list => sum(list, c => c.n);
export const level = list => sum(list, c => c.n * c.intensity) / count(list);
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
// What was rejected is still shown where claims are, faded; no number counts it.
export const standing = list => list.filter(c => c.review !== 'reject');
export const visible = computed(() => whole.value ? passing() : claims.value);
export const found = computed(() => whole.value ? visible.value.length : listed.value?.found ?? 0);
const marks = (kind, own) => computed(() => whole.value ? own() : drawn.value?.[kind] ?? []);
const inView = c => { const [a, b] = range.value ?? domain.value; return c.date && c.date >= a && c.date < b; };
export const lanes = marks('lanes', () => visible.value.filter(inView));
export const bars = marks('bars', () => standing(passing('range')));
export const pairs = marks('pairs', () => standing(passing('dyad')));
export const ties = marks('ties', () => standing(visible.value));
export const places = marks('places', () => standing(visible.value));
export const filtered = computed(() => !!(dyad.value || range.value || query.value || quads.value.size < ALL.length));

// The days drawn; the server leaves a few out that lie far off.
export const domain = computed(() => {
  const at = text => utcDay.floor(new Date(text + 'T00:00Z')), { span, case: given } = data.value ?? {};
  if (span) return span.map(at);
  const a = given?.first_day ? at(given.first_day) : utcDay.floor(new Date());
  return [a, utcDay.offset(given?.last_day ? at(given.last_day) : a, 1)];
});

export const prepare = answer => ({ ...answer, claims: answer.claims.map(shape) });
const sides = c => ({ src: party(c.actor), tgt: party(c.recipient) });
export function shape(claim) {
  return { ...claim, ...sides(claim), n: 1, chain: claim.chain ?? [], date: claim.day ? new Date(claim.day + 'T00:00Z') : null };
}
// A mark looks like a claim that counts n times.
const mark = m => ({ ...m, date: m.day ? new Date(m.day + 'T00:00Z') : null });
export const draw = answer => Object.fromEntries(Object.entries(answer).map(([k, v]) => [k, Array.isArray(v) ? v.map(mark) : v]));
export function replace(claim) {
  const into = list => list.map(c => c.id === claim.id ? { ...c, ...shape(claim) } : c);
  if (!byId.value.has(claim.id)) return;
  const gone = c => c.review === 'reject' ? 1 : 0, had = byId.value.get(claim.id);
  batch(() => {
    data.value = { ...data.value, claims: into(data.value.claims), rejected: data.value.rejected + gone(claim) - gone(had) };
    if (listed.value) listed.value = { ...listed.value, claims: into(listed.value.claims) };
  });
}

const byDay = (a, b) => (a.day ?? '9') < (b.day ?? '9') ? -1 : (a.day ?? '9') > (b.day ?? '9') ? 1 : 0;
// A claim that was added comes to the others, with its parties; one whose adding was taken back goes.
export function insert(claim) {
  const known = data.value, parties = { ...known.parties };
  for (const side of ['actor', 'recipient']) if (claim[side]) parties[claim[side]] ??= { name: claim[side + '_name'] ?? claim[side], n: 1 };
  batch(() => { data.value = { ...known, parties, total: known.total + 1, claims: [...known.claims, shape(claim)].sort(byDay) }; turn.value++; });
}
export function drop(id) {
  const known = data.value;
  batch(() => {
    data.value = { ...known, total: known.total - 1, claims: known.claims.filter(c => c.id !== id) }; turn.value++;
    if (selected.value === id) selected.value = null;
  });
}

const narrow = () => matchMedia('(max-width: 900px)').matches;
export function pick(id, { open = true } = {}) {
  if (!id) return;
  batch(() => { selected.value = id; report.value = null; if (open && narrow()) sheet.value = true; });
}
// Opens a report by its id, at its first claim if it has one (server.js picks it once the report is there).
export function read(id) {
  batch(() => { selected.value = null; report.value = id; if (narrow()) sheet.value = true; });
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
// A mark of several claims leads to its pair and days; one that can't be parted further, to its claim.
export function enter(mark, days) {
  const to = utcDay.offset(mark.date, days), [a, b] = range.value ?? domain.value, k = key(mark);
  if (mark.n === 1 || (dyad.value === k && +a === +mark.date && +b === +to)) return pick(mark.id);
  batch(() => { dyad.value = k; range.value = [mark.date, to]; });
}
export const toggleDyad = k => { dyad.value = dyad.value === k ? null : k; };

// The address holds everything an analyst filtered; a change of screen is a step in the browser's history.
let written = null;
const screen = () => route.value === 'actors' ? `actors ${actor.value ?? ''}` : route.value;
const day = date => date.toISOString().slice(0, 10);
// The filters as the routes read them.
export function filters() {
  const p = new URLSearchParams();
  if (dyad.value) p.set('dyad', dyad.value);
  if (query.value) p.set('q', query.value);
  if (quads.value.size < ALL.length) p.set('quads', [...quads.value].join(','));
  if (range.value) p.set('span', range.value.map(day).join('_'));
  return p;
}
export function keepAddress() {
  effect(() => {
    const p = filters();
    if (selected.value) p.set('claim', selected.value);
    if (outcome.value) p.set('outcome', outcome.value);
    if (incident.value) p.set('incident', incident.value);
    if (contested.value) p.set('contested', '1');
    if (actor.value) p.set('actor', actor.value);
    if (report.value) p.set('report', report.value);
    if (order.value !== 'newest') p.set('order', order.value);
    if (form.value !== 'csv') p.set('form', form.value);
    if (everything.value) p.set('all', '1');
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
    if (p.get('claim') || p.get('report')) selected.value = p.get('claim');
    dyad.value = p.get('dyad'); query.value = p.get('q') ?? ''; outcome.value = p.get('outcome'); table.value = p.get('table') === '1';
    incident.value = p.get('incident'); contested.value = p.get('contested') === '1';
    actor.value = p.get('actor'); written = screen(); report.value = p.get('claim') ? null : p.get('report');
    if (report.value && narrow()) sheet.value = true;
    order.value = ['claims', 'none'].includes(p.get('order')) ? p.get('order') : 'newest';
    form.value = p.get('form') ?? 'csv'; everything.value = p.get('all') === '1';
    quads.value = new Set(chosen.length ? chosen : ALL);
    range.value = span.length === 2 && span.every(d => !isNaN(d)) && span[0] < span[1] ? span : null;
  });
}
