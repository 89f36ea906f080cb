/** Judges histories of one entry: is there an order of its operations that explains all results? */
package io.henge.jcache.history;
