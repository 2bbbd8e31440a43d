package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests in jobs/kubernetes against the schema of the operator's own resource definition.
 */
final class KubernetesManifestsTest {
  private static final String DEFINITION =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  /** The definition on Maven Central is of an operator older than Flink 2.2, and lists no 2.x. */
  private static final String NEWER_THAN_DEFINITION = "spec.flinkVersion: v2_2 is not one of";

  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @ValueSource(strings = {"afterimage.yaml", "afterimage-gpu.yaml"})
  void deployment_againstDefinition_differsInFlinkVersionOnly(String file) throws IOException {
    List<String> problems = new ArrayList<>();

    check(schema(), deployment(file), "", problems);

    assertThat(problems)
        .hasSize(1)
        .allSatisfy(problem -> assertThat(problem).startsWith(NEWER_THAN_DEFINITION));
  }

  @Test
  void check_unknownFieldAndWrongTypeAndWrongValue_namesEach() throws IOException {
    List<String> problems = new ArrayList<>();
    JsonNode wrong =
        YAML.readTree(
            "{spec: {job: {upgradeMode: sometimes, parallelism: two, jarUrl: x}, flinkVersion: v1_20}}");

    check(schema(), wrong, "", problems);

    assertThat(problems)
        .anyMatch(problem -> problem.startsWith("spec.job.upgradeMode: sometimes is not one of"))
        .anyMatch(problem -> problem.startsWith("spec.job.parallelism: must be of type integer"))
        .anyMatch(problem -> problem.startsWith("spec.job.jarUrl: is unknown"))
        .hasSize(3);
  }

  private static JsonNode deployment(String file) throws IOException {
    try (var documents =
        YAML.readerFor(JsonNode.class)
            .<JsonNode>readValues(Path.of("jobs", "kubernetes", file).toFile())) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.path("kind").asText().equals("FlinkDeployment")) {
          return document;
        }
      }
    }
    throw new AssertionError(file + " has no FlinkDeployment");
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in = KubernetesManifestsTest.class.getResourceAsStream(DEFINITION)) {
      return YAML.readTree(in)
          .path("spec")
          .path("versions")
          .path(0)
          .path("schema")
          .path("openAPIV3Schema");
    }
  }

  /** The fields that the API server would prune or reject. */
  private static void check(JsonNode schema, JsonNode value, String path, List<String> problems) {
    if (!ofType(schema, value)) {
      problems.add(
          "%s: must be of type %s, but is %s".formatted(path, schema.path("type").asText(), value));
      return;
    }
    JsonNode allowed = schema.path("enum");
    if (allowed.isArray() && !contains(allowed, value)) {
      problems.add("%s: %s is not one of %s".formatted(path, value.asText(), allowed));
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      JsonNode of = schema.path("properties").path(field.getKey());
      if (of.isMissingNode()) {
        of = schema.path("additionalProperties");
      }
      if (!of.isMissingNode()) {
        check(of, field.getValue(), below, problems);
      } else if (!isOpen(schema, path, field.getKey())) {
        problems.add(below + ": is unknown");
      }
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.path("items"), value.get(i), path + "[" + i + "]", problems);
      }
    }
  }

  private static boolean isOpen(JsonNode schema, String path, String field) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || (path.isEmpty() && List.of("apiVersion", "kind", "metadata").contains(field));
  }

  private static boolean contains(JsonNode allowed, JsonNode value) {
    for (JsonNode one : allowed) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean ofType(JsonNode schema, JsonNode value) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isIntegralNumber() || value.isTextual();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }
}
