package io.henge.arquillian;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The Payara Micro server around the code that uses this: it deploys further copies of the sample
 * application, and counts what they leave behind. Its classes are found by reflection, since the
 * tests are compiled without them.
 */
final class ServerRuntime {

  private static final int PORT = 18181;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Of web applications. */
  static final String CLASS_LOADER = "org.glassfish.web.loader.WebappClassLoader";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Object runtime;

  ServerRuntime() throws ReflectiveOperationException {
    Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
    Object instance = micro.getMethod("getInstance").invoke(null);
    runtime = micro.getMethod("getRuntime").invoke(instance);
  }

  /** Deploys the sample application once more, under a context root. */
  void deploy(String name) throws ReflectiveOperationException {
    deploy(name, new File(System.getProperty("servers.sample")));
  }

  /** Deploys an application under a context root. */
  void deploy(String name, File war) throws ReflectiveOperationException {
    Object done =
        runtime
            .getClass()
            .getMethod("deploy", String.class, String.class, File.class)
            .invoke(runtime, name, name, war);
    if (!Boolean.TRUE.equals(done)) {
      throw new IllegalStateException(name + " could not be deployed; see the server's log");
    }
  }

  void undeploy(String name) throws ReflectiveOperationException {
    runtime.getClass().getMethod("undeploy", String.class).invoke(runtime, name);
  }

  /** What an application of this server answers. */
  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/" + path))
                .timeout(PATIENCE)
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /** What an application of this server answers as soon as its answer contains a text. */
  String await(String path, String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String answer = get(path);
    while (!answer.contains(text)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(path + " never contained " + text + ": " + answer);
      }
      answer = get(path);
    }
    return answer;
  }

  /** How many members of clusters live in this process. */
  static int members() throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("io.henge:type=Cluster,*"), null)
        .size();
  }

  /** Waits until there is no more than that, for what the server lets go of late. */
  static Holdings holdingsNoMoreThan(Holdings expected) throws JMException, IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Holdings now = holdings();
    while (!now.isNoMoreThan(expected) && System.nanoTime() - deadline < 0) {
      now = holdings();
    }
    return now;
  }

  /** What is there now, with the class loaders of web applications. */
  static Holdings holdings() throws JMException, IOException {
    return Holdings.of(ManagementFactory.getPlatformMBeanServer(), Holdings.PROVIDER, CLASS_LOADER);
  }
}
