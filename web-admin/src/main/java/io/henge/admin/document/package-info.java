/**
 * What the console's REST and its stream say, as records that become JSON, and the pure rules that
 * make them: how safe a partition is, whether a quorum stands, what changed between two views.
 */
package io.henge.admin.document;
