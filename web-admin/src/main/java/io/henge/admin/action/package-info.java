/**
 * What an operator does: who may, in which order things are checked, that it is done once however
 * often it is sent, and that it is written down.
 */
package io.henge.admin.action;
