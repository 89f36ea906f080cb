package io.henge.admin.fake;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Lets a scripted cluster run inside a server: {@code GET /scripted/crash?member=node-f}, {@code
 * join}, {@code suspend}, {@code rebuild?copies=20}, {@code quorum?held=false}, {@code
 * silence?member=node-c,node-d}, {@code tamper}, {@code stop}, {@code start}, {@code
 * found?name=x&partitions=1024&copies=3&members=12&caches=2}.
 */
@WebServlet(urlPatterns = "/*", loadOnStartup = 1)
public class ScriptedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final int LETTERS = 26;

  private transient ScriptedCluster cluster;

  @Override
  public void init() {
    found("orders-prod", 256, 3, 6, 2);
  }

  private void found(String name, int partitions, int copies, int members, int caches) {
    String[] names =
        IntStream.range(0, members)
            .mapToObj(i -> i < LETTERS ? "node-" + (char) ('a' + i) : "node-" + (i + 1))
            .toArray(String[]::new);
    cluster = new ScriptedCluster(name, partitions, copies, names);
    cluster.caches(caches);
    start();
  }

  private void refound(HttpServletRequest request) {
    stop();
    found(
        request.getParameter("name"),
        Integer.parseInt(request.getParameter("partitions")),
        Integer.parseInt(request.getParameter("copies")),
        Integer.parseInt(request.getParameter("members")),
        Integer.parseInt(request.getParameter("caches")));
  }

  @Override
  public void destroy() {
    stop();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String member = request.getParameter("member");
    switch (String.valueOf(request.getPathInfo())) {
      case "/crash" -> cluster.crash(member);
      case "/join" -> cluster.join(member);
      case "/suspend" -> cluster.suspend(member);
      case "/rebuild" -> cluster.rebuild(Integer.parseInt(request.getParameter("copies")));
      case "/quorum" -> cluster.quorate(Boolean.parseBoolean(request.getParameter("held")));
      case "/silence" -> cluster.silence(List.of(member.split(",")));
      case "/tamper" -> cluster.tamper();
      case "/found" -> refound(request);
      case "/stop" -> stop();
      case "/start" -> start();
      default -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
    response.getWriter().write(cluster.getHealth() + "\n");
  }

  private static ObjectName methods() throws JMException {
    return new ObjectName("io.henge:type=CachedMethods,number=1");
  }

  private void start() {
    try {
      cluster.register(ManagementFactory.getPlatformMBeanServer());
      ManagementFactory.getPlatformMBeanServer().registerMBean(new ScriptedMethods(), methods());
    } catch (JMException failed) {
      throw new IllegalStateException("Cannot register the scripted cluster", failed);
    }
  }

  private void stop() {
    try {
      cluster.unregister(ManagementFactory.getPlatformMBeanServer());
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(methods());
    } catch (JMException failed) {
      throw new IllegalStateException("Cannot unregister the scripted cluster", failed);
    }
  }
}
