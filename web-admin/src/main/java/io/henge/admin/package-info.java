/** The console of Henge: REST, server-sent events and the pages. Reads the cluster MXBean only. */
package io.henge.admin;
