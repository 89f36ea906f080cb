/**
 * The console's REST resources under {@code /api/v1}: read-only, one class per subject. Every
 * answer is made afresh from the cluster bean named by the query parameter {@code cluster}; errors
 * are {@code application/problem+json} with a stable code.
 */
package io.henge.admin.rest;
