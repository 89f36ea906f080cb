package io.henge.arquillian.processes;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A running {@link ClusterWorker}. Thread-safe. */
public final class WorkerProcess implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final Writer commands;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final CompletableFuture<Answer> ready = new CompletableFuture<>();

  private WorkerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    open.put("0", ready);
    Thread reader = new Thread(this::readAnswers, "answers-of-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a worker and returns at once; see {@link #awaitReady}.
   *
   * @param directory where its log goes
   * @param settings its system properties
   */
  public static WorkerProcess start(String name, Path directory, Map<String, String> settings) {
    return start(name, directory, settings, List.of());
  }

  /**
   * Starts a worker by way of another command that becomes the worker, as {@code ip netns exec}
   * does.
   */
  public static WorkerProcess start(
      String name, Path directory, Map<String, String> settings, List<String> launcher) {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dhenge.node.name=" + name);
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", classPath, ClusterWorker.class.getName()));
    try {
      Files.createDirectories(directory);
      Path log = directory.resolve(name + ".log");
      return new WorkerProcess(
          name, new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has opened its cache. */
  public WorkerProcess awaitReady(Duration timeout) {
    Answer answer = get(ready, timeout);
    if (answer.kind() != Answer.Kind.DONE) {
      throw new IllegalStateException(name + " did not start: " + answer.text());
    }
    return this;
  }

  /** Whether it has opened its cache. */
  public boolean isReady() {
    return ready.isDone() && ready.join().kind() == Answer.Kind.DONE;
  }

  /** The worker's name. */
  public String name() {
    return name;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether its process has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Sends a command. If the process ends first the answer is {@link Answer.Kind#UNKNOWN}.
   *
   * @param words the command, its key, and its other arguments, without tabs and line breaks
   */
  public CompletableFuture<Answer> send(String... words) {
    String number = Long.toString(numbers.incrementAndGet());
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    open.put(number, answer);
    try {
      synchronized (commands) {
        commands.write(number + "\t" + String.join("\t", words) + "\n");
        commands.flush();
      }
    } catch (IOException gone) {
      ended(number);
    }
    if (!process.isAlive()) {
      ended(number);
    }
    return answer;
  }

  /** Sends a command and waits for its answer. */
  public Answer call(Duration timeout, String... words) {
    return get(send(words), timeout);
  }

  /** What the worker's member sees. */
  public ClusterStatus status() {
    Answer answer = call(Duration.ofSeconds(30), "status", "-");
    return answer.kind() == Answer.Kind.DONE
        ? ClusterStatus.decoded(answer.text())
        : new ClusterStatus(answer.kind().name(), false, -1, 0, 0, 0, 0, 0, 0, 0);
  }

  /** What the process holds after a full collection. */
  public ProcessResources resources() {
    Answer answer = call(Duration.ofSeconds(60), "resources", "-");
    if (answer.kind() != Answer.Kind.DONE) {
      throw new IllegalStateException(name + " does not tell its resources: " + answer.text());
    }
    return ProcessResources.decoded(answer.text());
  }

  /** Kills the process as {@code kill -9} does; returns at once. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Asks the process to end, as an operating system or a container does; returns at once. */
  public void terminate() {
    signal("TERM");
  }

  /** Stops the process where it is, as a long garbage collection would. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a stopped process go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      int result =
          new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (result != 0) {
        throw new IllegalStateException("kill -" + signal + " " + pid() + ": " + result);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops the process in good order, by force when it takes too long. */
  @Override
  public void close() {
    try {
      synchronized (commands) {
        commands.close();
      }
    } catch (IOException alreadyGone) {
      // Its end is what is wanted.
    }
    awaitEnd();
  }

  /** Waits for the end of the process, by force when it takes too long. */
  public void awaitEnd() {
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void readAnswers() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        String[] words = line.split("\t", -1);
        // A line that the process could not finish lacks its end.
        if (words.length == 4 && words[3].equals(ClusterWorker.END)) {
          CompletableFuture<Answer> answer = open.remove(words[0]);
          if (answer != null) {
            answer.complete(Answer.decoded(words[1], words[2]));
          }
        }
      }
    } catch (IOException endOfProcess) {
      // Its commands are ended below.
    }
    List.copyOf(open.keySet()).forEach(this::ended);
  }

  private void ended(String number) {
    CompletableFuture<Answer> answer = open.remove(number);
    if (answer != null) {
      answer.complete(new Answer(Answer.Kind.UNKNOWN, name + " has ended"));
    }
  }

  private Answer get(CompletableFuture<Answer> answer, Duration timeout) {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Answer(Answer.Kind.UNKNOWN, "no answer from " + name + " within " + timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(Answer.Kind.UNKNOWN, "interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
