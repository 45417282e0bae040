import { html } from '../vendor/vendor.js';
import { Import } from './import.js';
export const Documents = () => html`<${Import} />`;
