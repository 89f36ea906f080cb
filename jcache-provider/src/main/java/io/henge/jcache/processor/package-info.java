/**
 * Entry processors (chapter 9 of the specification), each run exactly once: at the primary when it
 * can travel, at the caller under a reservation when it cannot (PROTOCOL 4.12).
 */
package io.henge.jcache.processor;
