package io.henge.admin.document;

/**
 * Events {@code resync} and {@code gone} of the stream.
 *
 * @param why a plain sentence: why everything is to be read afresh, or why nothing can be read
 */
public record Notice(String why) {}
