package io.henge.jcache.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jsr107.tck.testutil.ExcludeList;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;

/**
 * Runs the core tests of the JSR-107 test kit in one JVM, against the provider and the settings
 * that its class path and system properties give. A process of its own, started by {@link TckIT}:
 * the kit works on the JVM's default provider and default manager.
 */
public final class TckRunner {

  /** In which order: {@code name}, {@code reverse}, or a number that shuffles all tests. */
  static final String ORDER = "tck.order";

  /** Which classes, as a regular expression; for single runs by hand. */
  private static final String CLASSES = "tck.classes";

  /**
   * The kit's servers count their clients the moment they are closed, and the end of a client that
   * was closed just before may still be on its way. Who really leaves one open, does it again.
   */
  private static final String RACE_OF_THE_KIT = "Expecting no open client connections";

  private TckRunner() {}

  /** Runs the tests and writes what became of them to the file that is the first argument. */
  public static void main(String[] arguments) throws Exception {
    String order = System.getProperty(ORDER, "name");
    List<String> names = testClasses();
    if (order.equals("reverse")) {
      Collections.reverse(names);
    }
    Class<?>[] classes = new Class<?>[names.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = Class.forName(names.get(i));
    }
    Request tests = Request.classes(classes);
    if (order.matches("\\d+")) {
      tests = tests.sortWith(shuffle(Long.parseLong(order)));
    }
    TckRecorder recorder = new TckRecorder(new Membership());
    JUnitCore core = new JUnitCore();
    core.addListener(recorder);
    core.run(tests);
    for (TckResult raced : recorder.takeFailedBy(RACE_OF_THE_KIT)) {
      System.out.println("once more: " + raced);
      String[] name = raced.test().split("#", 2);
      core.run(Request.method(Class.forName(name[0]), name[1]));
    }
    Files.write(Path.of(arguments[0]), recorder.lines());
    // What the kit leaves open must not keep the process; the report is complete.
    System.exit(0);
  }

  /** All of the kit but the annotations, which need a container; sorted. */
  private static List<String> testClasses() throws IOException {
    String jar = ExcludeList.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (JarFile kit = new JarFile(jar)) {
      return new ArrayList<>(
          kit.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith("Test.class") && !name.contains("/annotation/"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .filter(name -> name.matches(System.getProperty(CLASSES, ".*")))
              .sorted()
              .toList());
    }
  }

  /** An order of classes, and of the tests of each class, that depends on nothing else. */
  private static Comparator<Description> shuffle(long seed) {
    return Comparator.comparingLong(
        test -> new Random(seed * 31 + test.getDisplayName().hashCode()).nextLong());
  }
}
