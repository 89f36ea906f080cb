/**
 * The console's own member, for a server without an application that has one. The console knows it
 * by name only.
 */
package io.henge.jcache.console;
