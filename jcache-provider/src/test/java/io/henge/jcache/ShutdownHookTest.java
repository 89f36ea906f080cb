package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.henge.replication.node.NodeSettings;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownHookTest {

  private final FakeEngine engine =
      new FakeEngine(new FakeCluster(), NodeSettings.builder().nodeName("a").build());
  private final List<Thread> atEnd = new ArrayList<>();

  @Test
  void thePlainProcessLeavesTheClusterWhenItEnds() throws InterruptedException {
    ShutdownHook.of(engine, ClassLoader.getSystemClassLoader(), atEnd::add);
    assertThat(atEnd).hasSize(1);
    assertThat(engine.closed).isFalse();

    atEnd.get(0).start();
    atEnd.get(0).join();

    assertThat(engine.closed).isTrue();
  }

  @Test
  void anApplicationOfAServerIsNotKeptFromBeingCollected() throws Exception {
    try (URLClassLoader application = new URLClassLoader(new URL[0])) {
      ShutdownHook hook = ShutdownHook.of(engine, application, atEnd::add);
      assertThat(atEnd).isEmpty();
      assertThatCode(hook::remove).doesNotThrowAnyException();
    }
  }

  @Test
  void aMemberThatStartsWhileTheProcessEndsHasNoHook() {
    ShutdownHook hook =
        ShutdownHook.of(
            engine,
            ClassLoader.getSystemClassLoader(),
            thread -> {
              throw new IllegalStateException("Shutdown in progress");
            });
    assertThatCode(hook::remove).doesNotThrowAnyException();
  }
}
