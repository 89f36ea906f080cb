/**
 * The stream {@code GET /api/v1/events}: what changed, as it happens, at most four times a second
 * for each client. A cluster is read only while somebody watches it. Nothing is queued without a
 * bound: a client that cannot keep up is told to read everything afresh.
 */
package io.henge.admin.events;
