package io.henge.admin.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Who makes a request.
 *
 * @param name the user's name; empty if nobody logs in
 * @param address where the request came from
 * @param roles what they may do
 */
public record Visitor(String name, String address, Set<Role> roles) {

  private static final String ATTRIBUTE = Visitor.class.getName();

  public Visitor {
    roles = Set.copyOf(roles);
  }

  /** The visitor that the guard let in; one without any role where no guard stood. */
  public static Visitor of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Visitor visitor
        ? visitor
        : new Visitor("", String.valueOf(request.getRemoteAddr()), Set.of());
  }

  void enter(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Whether they may act. */
  public boolean isOperator() {
    return roles.contains(Role.OPERATOR);
  }
}
