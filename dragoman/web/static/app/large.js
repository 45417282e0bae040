// The filters go in, what a large case shows of them comes out: marks that stand for many claims, and the latest claims.
import { effect } from '../vendor/vendor.js';
import * as S from './state.js';
import { drawing, listing } from './server.js';

let sought = '', pause = 0;
export async function askForMarks() {
  const ask = () => {
    const filters = S.filters(), more = S.rows.peek();
    return Promise.all([drawing.load(`/api/marks?lanes=${S.many.peek() ? 30 : 7}&${filters}`, { quiet: true }),
      listing.load(`/api/claims?limit=${more}&${filters}`, { quiet: true })]);
  };
  effect(() => { if (drawing.at.value.state === 'ready') S.drawn.value = S.draw(drawing.at.value.value); });
  effect(() => {
    const told = listing.at.value;
    if (told.state === 'ready') S.listed.value = { ...told.value, claims: told.value.claims.map(S.shape) };
  });
  await ask();
  let asked = null;
  effect(() => {
    const now = `${S.filters()} ${S.many.value} ${S.rows.value} ${S.turn.value}`; if (now === asked || asked === null) { asked = now; return; }
    const typing = S.query.value !== sought; asked = now; sought = S.query.value;
    clearTimeout(pause); pause = setTimeout(ask, typing ? 150 : 0);
  });
}
