/**
 * What stands in front of every request: who may ask (this machine only, or people who log in), and
 * the headers that keep foreign script, frames and pages away.
 */
package io.henge.admin.security;
