import { html } from '../vendor/vendor.js';
export const Export = () => html`<h2>Export</h2>`;
