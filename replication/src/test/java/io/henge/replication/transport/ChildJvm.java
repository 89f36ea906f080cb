package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM with the test class path, driven by signals; killed, by its id, when closed. */
public final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class and waits until it has printed a line. */
  public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(List.of(arguments));
    ChildJvm child =
        new ChildJvm(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    try {
      assertThat(child.output.readLine()).as("the child's first line").isEqualTo("ready");
      return child;
    } catch (IOException | RuntimeException | AssertionError e) {
      child.close();
      throw e;
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it as the kernel would, without a last word. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Starts to end it without waiting. */
  public void killNow() {
    process.destroyForcibly();
  }

  /** Pauses it. */
  public void stop() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** Closes its standard input, on which a child ends by itself. */
  public void endInput() throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).as("kill " + name).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
