/**
 * The sample application: shopping carts and counters in caches that all servers share. It uses the
 * standard JCache API only and does not know which provider it runs on.
 */
package io.henge.sample;
