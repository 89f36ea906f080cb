package io.henge.jcache.annotation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the methods under test were really called with. */
@ApplicationScoped
public class Calls {

  private final List<String> calls = new CopyOnWriteArrayList<>();

  void add(String call) {
    calls.add(call);
  }

  int count(String call) {
    return (int) calls.stream().filter(call::equals).count();
  }
}
