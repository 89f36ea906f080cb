// @ts-check
/** Starts the console: the theme first, so that nothing flashes, then the page. */
import { applyTheme } from './theme.js';
import './shell/app.js';

applyTheme();
