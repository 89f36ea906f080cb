/** The console's own member of the cluster, where it is told to join. */
package io.henge.admin.member;
