package io.henge.arquillian;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** All of an application without beans: counts its calls in a cache. */
@WebServlet("/calls")
public class PlainServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CacheManager manager = Caching.getCachingProvider().getCacheManager();
    long calls =
        calls(manager)
            .invoke(
                "calls",
                (entry, arguments) -> {
                  entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                  return entry.getValue();
                });
    response.getWriter().print((hasCdi() ? "with" : "without") + " CDI: " + calls);
  }

  private static Cache<String, Long> calls(CacheManager manager) {
    Cache<String, Long> open = manager.getCache("calls", String.class, Long.class);
    return open != null
        ? open
        : manager.createCache(
            "calls", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
  }

  private static boolean hasCdi() {
    try {
      return CDI.current() != null;
    } catch (IllegalStateException none) {
      return false;
    }
  }
}
