// The filters go in, what a large case shows of them comes out: marks that stand for many claims, and the latest claims.
import { computed, effect } from '../vendor/vendor.js';
import * as S from './state.js';
import { drawing, listing } from './server.js';

// What each screen draws; the others show lists of their own.
const DRAWS = { desk: ['lanes', 'bars', 'pairs'], map: ['places'], network: ['ties'] };
const draws = () => DRAWS[S.route.value] ?? [];
const question = () => `${S.filters()} ${S.many.value} ${S.rows.value} ${S.turn.value} ${S.route.value}`;
export const awaited = computed(() => !S.whole.value && draws().some(kind => !S.drawn.value?.[kind]));
let asked = null, sought = '', pause = 0;
function ask() {
  const filters = S.filters(), kinds = draws().map(kind => `&draw=${kind}`).join(''); asked = question();
  return Promise.all([listing.load(`/api/claims?limit=${S.rows.value}&${filters}`, { quiet: true }),
    kinds && drawing.load(`/api/marks?lanes=${S.many.value ? 30 : 7}${kinds}&${filters}`, { quiet: true })]);
}
// Whenever the filters change, or the screen, what fits is asked for; words that are typed wait for a pause.
export async function askForMarks() {
  effect(() => { if (drawing.at.value.state === 'ready') S.drawn.value = S.draw(drawing.at.value.value); });
  effect(() => {
    const told = listing.at.value;
    if (told.state === 'ready') S.listed.value = { ...told.value, claims: told.value.claims.map(S.shape) };
  });
  await ask();
  effect(() => {
    if (question() === asked) return;
    const typing = S.query.value !== sought; sought = S.query.value;
    clearTimeout(pause); pause = setTimeout(ask, typing ? 150 : 0);
  });
}
