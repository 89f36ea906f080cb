package io.henge.admin.check;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which checks of which cluster are known to fail and are not to be reported. Kept by this console
 * until it is deployed again; bounded by the checks there are.
 */
@ApplicationScoped
public class Suppressions {

  private final Map<String, Suppression> known = new ConcurrentHashMap<>();

  /** Suppresses a check. */
  public void add(String cluster, String check, Suppression suppression) {
    known.put(cluster + "\n" + check, suppression);
  }

  /** Reports a check again. */
  public void remove(String cluster, String check) {
    known.remove(cluster + "\n" + check);
  }

  /** Results with what is suppressed marked so. */
  public List<CheckResult> apply(String cluster, List<CheckResult> results) {
    return results.stream()
        .map(
            result -> {
              Suppression suppression = known.get(cluster + "\n" + result.id());
              return suppression == null ? result : result.suppressed(suppression);
            })
        .toList();
  }
}
