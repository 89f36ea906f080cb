/**
 * JSR-107's chapter on cache entry listeners: their registration, the events they are given, and
 * the threads that they run on. What happened comes from the engine, in the order of its log,
 * whichever member did it.
 */
package io.henge.jcache.event;
