/** A real browser for tests, of this module and of those that run its pages on real servers. */
package io.henge.admin.browser;
