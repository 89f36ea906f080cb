/**
 * Health checks: is the cluster set up right, and is anything on its way to trouble? Pure functions
 * on what the cluster bean tells; every check has a stable id, an explanation and a next step.
 */
package io.henge.admin.check;
