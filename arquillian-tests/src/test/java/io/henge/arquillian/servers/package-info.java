/**
 * Starts, kills and restarts real servers on this machine, and puts load on them: for the tests and
 * for the {@link io.henge.arquillian.servers.Demo demo}.
 */
package io.henge.arquillian.servers;
