/**
 * Mutual TLS between members: certificates and keys from PEM or PKCS#12 files, loaded again when
 * the files change, and the rule by which a peer is believed. Knows nothing of frames and JGroups.
 */
package io.henge.replication.transport.tls;
