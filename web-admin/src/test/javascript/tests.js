// @ts-check
import './answers.test.js';
import './chain.test.js';
import './founding.test.js';
import './geometry.test.js';
import './history.test.js';
import './partitions.test.js';
import './rates.test.js';
import './routes.test.js';
import './scene.test.js';
import './store.test.js';
import './words.test.js';
import { report } from './harness.js';

report();
