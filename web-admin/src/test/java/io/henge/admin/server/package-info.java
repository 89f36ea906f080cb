/** The console on a real server, with a scripted cluster: attacks, pages, accessibility. */
package io.henge.admin.server;
