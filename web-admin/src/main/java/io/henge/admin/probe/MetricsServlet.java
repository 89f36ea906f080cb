package io.henge.admin.probe;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.cluster.ClusterGoneException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /metrics}: the figures of every node of this server, in the text format of Prometheus. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient ClusterBeans beans;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    MetricsText text = new MetricsText();
    for (ClusterBean bean : beans.all()) {
      try {
        NodeMetrics.write(bean, text);
      } catch (ClusterGoneException stopped) {
        // Its application was undeployed just now: it has no figures any more.
        log(stopped.getMessage());
      }
    }
    response.setContentType("text/plain; version=0.0.4");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(text.toString());
  }
}
