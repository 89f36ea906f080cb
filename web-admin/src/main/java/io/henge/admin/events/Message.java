package io.henge.admin.events;

import io.henge.admin.document.Notice;
import java.util.function.Function;

/** One message of the stream. All browsers get the same one: it becomes JSON once. Thread-safe. */
final class Message {

  private final String name;
  private final Object data;
  private String text;

  /**
   * Creates a message.
   *
   * @param name view, health, failover, event, gone or resync
   * @param data a record that becomes JSON
   */
  Message(String name, Object data) {
    this.name = name;
    this.data = data;
  }

  static Message resync(String why) {
    return new Message("resync", new Notice(why));
  }

  static Message gone(String why) {
    return new Message("gone", new Notice(why));
  }

  String name() {
    return name;
  }

  /** The data as text; {@code json} is asked the first time only. */
  synchronized String text(Function<Object, String> json) {
    if (text == null) {
      text = json.apply(data);
    }
    return text;
  }
}
