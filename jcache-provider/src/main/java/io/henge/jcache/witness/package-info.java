/** The witness as a process of its own; the jar with the classifier {@code witness} runs it. */
package io.henge.jcache.witness;
