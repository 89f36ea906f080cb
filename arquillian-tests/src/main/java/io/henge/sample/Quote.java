package io.henge.sample;

import java.io.Serializable;

/**
 * A price as it was worked out.
 *
 * @param article what it is for
 * @param cents the price
 * @param source who worked it out: an application on a server, and which number of its own it was
 */
public record Quote(String article, long cents, String source) implements Serializable {}
