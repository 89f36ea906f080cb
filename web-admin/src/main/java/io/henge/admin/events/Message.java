package io.henge.admin.events;

import io.henge.admin.document.Notice;

/**
 * One message of the stream.
 *
 * @param name view, health, failover, event, gone or resync
 * @param data a record that becomes JSON
 */
record Message(String name, Object data) {

  static Message resync(String why) {
    return new Message("resync", new Notice(why));
  }

  static Message gone(String why) {
    return new Message("gone", new Notice(why));
  }
}
