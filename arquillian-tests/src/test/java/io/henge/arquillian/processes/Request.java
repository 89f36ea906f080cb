package io.henge.arquillian.processes;

import io.henge.replication.simulation.linearizability.Action;

/**
 * An operation on a key.
 *
 * @param verb what a worker calls it
 * @param key the key
 * @param action what it means
 */
public record Request(String verb, String key, Action action) {

  static Request get(String key) {
    return new Request("get", key, new Action.Get());
  }

  static Request put(String key, String value) {
    return new Request("put", key, new Action.Put(value));
  }

  static Request increment(String key) {
    return new Request("increment", key, new Action.Increment(1));
  }

  static Request append(String key, String suffix) {
    return new Request("append", key, new Action.Append(suffix));
  }

  /** The command that makes a worker do it: verb, key, and an argument where there is one. */
  String[] command() {
    String argument = argument();
    return argument == null ? new String[] {verb, key} : new String[] {verb, key, argument};
  }

  private String argument() {
    if (action instanceof Action.Put put) {
      return put.value();
    }
    if (action instanceof Action.GetAndPut put) {
      return put.value();
    }
    if (action instanceof Action.PutIfAbsent put) {
      return put.value();
    }
    if (action instanceof Action.Increment increment) {
      return Long.toString(increment.by());
    }
    return action instanceof Action.Append append ? append.suffix() : null;
  }
}
