/**
 * Drills: what the cluster promises, done for real under guard, with a report of what was expected
 * and what was measured.
 */
package io.henge.admin.drill;
