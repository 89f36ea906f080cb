package io.henge.admin.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a cluster bean can do, by its own word: the application may carry another version of Henge
 * than the console.
 */
final class Operations {

  private final Map<String, String[]> signatures = new LinkedHashMap<>();

  private Operations() {}

  static Operations of(MBeanServer server, ObjectName name) throws JMException {
    Operations operations = new Operations();
    MBeanInfo info = server.getMBeanInfo(name);
    for (MBeanOperationInfo operation : info.getOperations()) {
      MBeanParameterInfo[] parameters = operation.getSignature();
      String[] types = new String[parameters.length];
      for (int i = 0; i < types.length; i++) {
        types[i] = parameters[i].getType();
      }
      operations.signatures.put(operation.getName(), types);
    }
    return operations;
  }

  Set<String> names() {
    return Set.copyOf(signatures.keySet());
  }

  /** The parameters' types of an operation, or null if there is none with as many. */
  String[] signature(String operation, int parameters) {
    String[] types = signatures.get(operation);
    return types != null && types.length == parameters ? types : null;
  }
}
