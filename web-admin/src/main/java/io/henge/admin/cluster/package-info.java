/**
 * The cluster as the console reads it: open data of the cluster MXBeans of this server, whatever
 * class loader registered them. No class is shared with the node; a bean of an older or newer
 * version is read as far as both know the same items.
 */
package io.henge.admin.cluster;
