package io.henge.admin.probe;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.cluster.ClusterGoneException;
import io.henge.admin.cluster.Identity;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code /health/live}: no node of this server is expelled; {@code /health/ready}: every node
 * answers reads and writes; {@code /health}: both. 200 if up, 503 if down.
 */
@WebServlet(urlPatterns = {"/health", "/health/live", "/health/ready"})
public class HealthServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Jsonb json = JsonbBuilder.create();

  @Inject private transient ClusterBeans beans;

  /**
   * The answer.
   *
   * @param status UP or DOWN: the worst of the checks
   * @param checks one for each node and question
   */
  public record Answer(String status, List<Check> checks) {}

  /**
   * One check.
   *
   * @param name what was asked
   * @param status UP or DOWN
   * @param data which node, its state and its own sentence
   */
  public record Check(String name, String status, Map<String, String> data) {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<Check> checks = new ArrayList<>();
    for (ClusterBean bean : beans.all()) {
      try {
        checks.addAll(checks(bean.identity(), request.getServletPath()));
      } catch (ClusterGoneException stopped) {
        // Its application was undeployed just now: there is nothing to judge any more.
        log(stopped.getMessage());
      }
    }
    boolean up = checks.stream().allMatch(check -> check.status().equals("UP"));
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(json.toJson(new Answer(up ? "UP" : "DOWN", checks)));
  }

  static List<Check> checks(Identity node, String path) {
    Map<String, String> data =
        Map.of(
            "cluster", node.clusterName(),
            "node", node.nodeName(),
            "state", node.state(),
            "health", node.health());
    List<Check> checks = new ArrayList<>();
    if (!path.endsWith("/ready")) {
      checks.add(check("henge-live", !node.state().equals("EXPELLED"), data));
    }
    if (!path.endsWith("/live")) {
      checks.add(check("henge-ready", node.state().equals("RUNNING") && node.quorate(), data));
    }
    return checks;
  }

  private static Check check(String name, boolean up, Map<String, String> data) {
    return new Check(name, up ? "UP" : "DOWN", data);
  }
}
