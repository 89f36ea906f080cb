/**
 * Life in a server: what the JCache API keeps for all applications together, and the start and end
 * of an application without CDI. Needs no Jakarta API but that of servlets, and that only where
 * there are some.
 */
package io.henge.jcache.server;
