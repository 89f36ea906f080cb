package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGuardTest {

  private final Map<String, Object> answers =
      new HashMap<>(
          Map.of(
              "getRemoteAddr", "127.0.0.1",
              "getServerName", "localhost",
              "getMethod", "GET",
              "getServletPath", "/index.html"));
  private final Map<String, String> headers = new HashMap<>();
  private final StringWriter written = new StringWriter();
  private int status = 200;
  private boolean passed;

  private void request() throws Exception {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getHeader")
                        ? headers.get((String) arguments[0])
                        : answers.get(method.getName()));
    HttpServletResponse response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("setStatus")) {
                    status = (int) arguments[0];
                  }
                  return method.getName().equals("getWriter") ? new PrintWriter(written) : null;
                });
    new LoopbackGuard().doFilter(request, response, (in, out) -> passed = true);
  }

  @Test
  void thisMachineIsLetIn() throws Exception {
    request();
    assertThat(passed).isTrue();
  }

  @Test
  void anotherMachineIsRefusedWithAPlainSentence() throws Exception {
    answers.put("getRemoteAddr", "10.0.0.7");
    request();
    assertThat(passed).isFalse();
    assertThat(status).isEqualTo(403);
    assertThat(written.toString()).contains("its own machine").contains("came from 10.0.0.7");
  }

  @Test
  void aProxyOnThisMachineDoesNotLendItsAddress() throws Exception {
    headers.put("X-Forwarded-For", "10.0.0.7");
    request();
    assertThat(passed).isFalse();
    headers.clear();
    headers.put("Forwarded", "for=10.0.0.7");
    request();
    assertThat(passed).isFalse();
  }

  @Test
  void aForeignHostNameIsRefusedForItMayBeReboundToThisMachine() throws Exception {
    answers.put("getServerName", "evil.example");
    request();
    assertThat(passed).isFalse();
    assertThat(written.toString()).doesNotContain("evil.example");
  }

  @Test
  void aProgramIsToldInJson() throws Exception {
    answers.put("getServletPath", "/api/v1");
    headers.put("Forwarded", "for=\"x\"");
    request();
    assertThat(passed).isFalse();
    assertThat(written.toString()).startsWith("{").contains("\"code\":\"LOOPBACK_ONLY\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "127.0.0.1",
        "127.8.9.10",
        "::1",
        "[::1]",
        "0:0:0:0:0:0:0:1",
        "::ffff:127.0.0.1"
      })
  void loopbackNames(String host) {
    assertThat(LoopbackGuard.isLoopback(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "0.0.0.0",
        "::",
        "fe80::1%eth0",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "host",
        "",
        "999.1.1.1"
      })
  void otherNames(String host) {
    assertThat(LoopbackGuard.isLoopback(host)).isFalse();
  }
}
