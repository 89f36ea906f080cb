/**
 * What stands in front of every request: who may ask (this machine only, for now), and the headers
 * that keep foreign script, frames and pages away.
 */
package io.henge.admin.security;
