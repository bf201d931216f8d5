import { part } from './element.js';
import { askedBy } from './mode.js';
import { receive } from './receive.js';
import { simulate } from './simulate.js';
import { createStage } from './stage.js';
import { followTheme } from './theme.js';
import { watch } from './watch.js';

followTheme();
const asked = askedBy(location.hash) ?? { mode: 'simulation', permalink: null };
const stage = createStage();
if (asked.mode === 'watch') void watch(stage, asked.token);
else if (asked.mode === 'receive') receive(stage, asked.token);
else void simulate(stage, asked.permalink);

// Another address of this page, as pasted by a person, begins anew; one within it only moves the focus.
addEventListener('hashchange', () => {
  if (askedBy(location.hash) !== null) location.reload();
});
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  part('exchange').focus();
});
