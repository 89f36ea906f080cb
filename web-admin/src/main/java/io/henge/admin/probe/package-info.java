/**
 * What monitoring asks: {@code /health} as MicroProfile Health writes it, {@code /metrics} as
 * Prometheus reads it. Made from the cluster beans of this server at each question.
 */
package io.henge.admin.probe;
