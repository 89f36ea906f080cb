/**
 * Networks of Linux network namespaces: hosts with addresses of their own on one machine, between
 * which links can be cut and slowed down without the processes on them being told.
 */
package io.henge.arquillian.network;
