package io.henge.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.json.Json;

class OpenApiTest {

  private static final List<Class<?>> RESOURCES =
      List.of(
          ActionsResource.class,
          CacheActionsResource.class,
          CachesResource.class,
          ChecksResource.class,
          ClusterResource.class,
          DrillsResource.class,
          EventsResource.class,
          FailoversResource.class,
          FoundAgainResource.class,
          KeysResource.class,
          LogResource.class,
          OpenApiResource.class,
          SessionResource.class,
          ViewResource.class,
          WhatIfResource.class);

  @Test
  void theDocumentTellsEveryResourceAndNoOther() throws Exception {
    Set<String> real = new TreeSet<>();
    for (Class<?> resource : RESOURCES) {
      for (Method method : resource.getDeclaredMethods()) {
        String verb =
            method.isAnnotationPresent(GET.class)
                ? "get "
                : method.isAnnotationPresent(POST.class) ? "post " : null;
        if (verb != null) {
          Path path = method.getAnnotation(Path.class);
          String whole =
              resource.getAnnotation(Path.class).value() + (path == null ? "" : path.value());
          real.add(verb + whole.replaceAll("\\s*:\\s*\\\\d\\{[0-9,]+}}", "}"));
        }
      }
    }
    assertThat(told()).isEqualTo(real);
  }

  private static Set<String> told() throws Exception {
    Set<String> told = new TreeSet<>();
    try (InputStream document = new OpenApiResource().document()) {
      String text = new String(document.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> api = new Json().toType(text, Json.MAP_TYPE);
      ((Map<?, ?>) api.get("paths"))
          .forEach(
              (path, verbs) -> ((Map<?, ?>) verbs).keySet().forEach(v -> told.add(v + " " + path)));
    }
    return told;
  }
}
