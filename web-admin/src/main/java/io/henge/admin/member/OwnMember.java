package io.henge.admin.member;

import io.henge.admin.security.ConsoleSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;

/**
 * Joins the cluster as a lite member when the console is told to ({@code henge.console.join}), for
 * a server where no application has a member, and leaves it with the console. The engine is not
 * part of the console: it is found by name where somebody has put it beside the console's classes
 * (decision 19). The console then finds this member by its MXBean, as it finds any other.
 */
@ApplicationScoped
public class OwnMember {

  private static final Logger LOG = System.getLogger(OwnMember.class.getName());
  private static final String ENGINE = "io.henge.jcache.console.ConsoleMember";

  private final String engine;
  private AutoCloseable member;
  private String problem = "";

  /** Creates it, for the container. */
  public OwnMember() {
    this(ENGINE);
  }

  /**
   * Creates it.
   *
   * @param engine the class whose objects are members from their construction until they are closed
   */
  OwnMember(String engine) {
    this.engine = engine;
  }

  void onStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (ConsoleSettings.read().join()) {
      join();
    }
  }

  /** Joins, or notes why that cannot be: the console itself works all the same. */
  synchronized void join() {
    try {
      member =
          Class.forName(engine, true, OwnMember.class.getClassLoader())
              .asSubclass(AutoCloseable.class)
              .getConstructor()
              .newInstance();
      LOG.log(Level.INFO, "The console joins the cluster as a lite member");
      return;
    } catch (ClassNotFoundException | NoClassDefFoundError missing) {
      LOG.log(Level.DEBUG, "No engine beside the console", missing);
      problem =
          "The console is told to join (henge.console.join), but finds no engine: put"
              + " henge-jcache-<version>-witness.jar into WEB-INF/lib of its WAR.";
    } catch (InvocationTargetException failed) {
      LOG.log(Level.DEBUG, "The engine did not start", failed);
      problem =
          "The console is told to join (henge.console.join), but cannot: "
              + failed.getCause().getMessage();
    } catch (ReflectiveOperationException | ClassCastException otherVersion) {
      LOG.log(Level.DEBUG, "Another engine", otherVersion);
      problem =
          "The console is told to join (henge.console.join), but the engine beside it is of"
              + " another version: "
              + otherVersion;
    }
    LOG.log(Level.ERROR, problem);
  }

  /** Why the console has no member although it is told to join; empty if it has, or is not. */
  public synchronized String problem() {
    return problem;
  }

  @PreDestroy
  synchronized void leave() {
    if (member == null) {
      return;
    }
    try {
      member.close();
    } catch (Exception failure) { // what close() of an AutoCloseable may throw
      LOG.log(Level.WARNING, "The console's member did not leave in good order", failure);
    }
    member = null;
  }
}
