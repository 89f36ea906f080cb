package io.henge.arquillian.faults;

import io.henge.arquillian.network.NamespaceNetwork;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class, with the reason, where there can be no {@link NamespaceNetwork}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresNetwork.Condition.class)
@interface RequiresNetwork {

  /** Tries it. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (context.getTestMethod().isPresent()) {
        return ConditionEvaluationResult.enabled("decided for the class");
      }
      return NamespaceNetwork.obstacle()
          .map(Condition::skipped)
          .orElseGet(() -> ConditionEvaluationResult.enabled("network namespaces work here"));
    }

    private static ConditionEvaluationResult skipped(String reason) {
      System.out.println(
          "SKIPPED fault tests with real processes (DiscardIT cuts links inside one JVM): "
              + reason);
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
