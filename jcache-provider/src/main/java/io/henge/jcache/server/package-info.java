/**
 * Life in a server: what the JCache API keeps for all applications together. Needs no Jakarta API.
 */
package io.henge.jcache.server;
