/**
 * Plain Java processes, no container, that use a cache on command, and clients that record what
 * they were told. A history that spans kills is judged by the simulator's checker.
 */
package io.henge.arquillian.processes;
