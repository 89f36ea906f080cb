package io.henge.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link Node} in a process of its own, seen from outside. One command at a time. */
final class NodeProcess implements AutoCloseable {

  private static final long START_SECONDS = 90;
  private static final long STOP_SECONDS = 20;

  private final String name;
  private final Path log;
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private NodeProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a node; its errors and log go to {@code directory}. */
  static NodeProcess start(
      String name,
      Product.Launch launch,
      List<String> jvm,
      List<String> arguments,
      Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    launch.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(String.join(File.pathSeparator, launch.classPath()));
    command.add(Node.class.getName());
    command.add(launch.provider());
    command.add(launch.uri());
    command.addAll(arguments);
    Path log = directory.resolve(name + ".log");
    try {
      Process process =
          new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
      return new NodeProcess(name, log, process);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** Waits until the node has opened its caches. */
  NodeProcess awaitReady() {
    try {
      answer().get(START_SECONDS, TimeUnit.SECONDS);
      return this;
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(name + " did not start; see " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " was starting", e);
    }
  }

  /** Sends a command; the answer comes later. */
  CompletableFuture<String> send(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " has ended; see " + log, e);
    }
    return answer();
  }

  /** Sends a command and waits. */
  String ask(String command) {
    return send(command).join();
  }

  private CompletableFuture<String> answer() {
    return CompletableFuture.supplyAsync(
        this::readAnswer,
        task -> {
          Thread reader = new Thread(task, "answer-of-" + name);
          reader.setDaemon(true);
          reader.start();
        });
  }

  private String readAnswer() {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Node.ANSWER)) {
          return line.substring(Node.ANSWER.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " has ended; see " + log, e);
    }
    throw new IllegalStateException(name + " has ended without an answer; see " + log);
  }

  /** Ends the process at once, as a crash does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends the process; waits for it. */
  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException alreadyEnded) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
