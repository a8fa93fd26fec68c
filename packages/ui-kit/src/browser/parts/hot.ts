import { html } from 'lit'

/** "Hot" is a flame and not a triangle: to colour-blind eyes it must not read as a warning. */
export const hotMark = html`<svg class="hot-mark" width="12" height="12" viewBox="0 0 24 24" aria-hidden="true">
  <path
    fill="currentColor"
    d="M12 2c.6 3.6 2.2 5.2 3.8 7 1.7 1.9 3.2 3.7 3.2 6.4A7 7 0 0 1 5 15.3c0-2 .8-3.6 1.9-4.9.4 1.5 1.2 2.3 2.2 2.6C8.7 8.7 9.6 5 12 2Z"
  />
</svg>`
