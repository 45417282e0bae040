import { html } from '../vendor/vendor.js';
export const Actors = () => html`<h2>Actors</h2>`;
