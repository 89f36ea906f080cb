package io.henge.admin.check;

import java.time.Instant;

/**
 * Somebody's word that a failing check is known and meant.
 *
 * @param reason why
 * @param by who said so
 * @param at when
 */
public record Suppression(String reason, String by, Instant at) {}
