package io.afterimage.stream.option;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.annotation.docs.Documentation.SuffixOption;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The options declared in Flink's jars on the class path, used to check passed-on options before
 * the job starts: Flink itself ignores unknown names.
 *
 * <p>Flink declares its options as constants of classes whose names end in {@code Options}. Names
 * chosen by a user or a plug-in begin with one of {@link #FREE_PREFIXES}, or with the name of an
 * option that holds a map.
 */
final class FlinkOptionNames {
  /** Names with these prefixes belong to reporters, file systems and other plug-ins. */
  private static final List<String> FREE_PREFIXES =
      List.of(
          "metrics.reporter.",
          "traces.reporter.",
          "events.reporter.",
          "external-resource.",
          "security.delegation.token.provider.",
          "fs.",
          "s3.",
          "s3a.",
          "presto.s3.",
          "gs.",
          "flink.hadoop.",
          "flink.yarn.",
          "containerized.",
          "kubernetes.",
          "yarn.");

  private static final String PACKAGE = "org/apache/flink/";
  private static final String CLASS_SUFFIX = "Options.class";

  /** Initialized lazily, when the first option is passed on. */
  private static final class Declared {
    private static final Map<String, ConfigOption<?>> OPTIONS = declared();
  }

  private FlinkOptionNames() {}

  static Set<String> all() {
    return Declared.OPTIONS.keySet();
  }

  /** The problem with an option of Flink; empty if Flink reads its name and its value. */
  static Optional<String> problem(String name, String value) {
    ConfigOption<?> option = Declared.OPTIONS.get(name);
    if (option != null) {
      return unreadable(name, option, value);
    }
    if (isFree(name)) {
      return Optional.empty();
    }
    String unknown = "unknown option %s%s: ".formatted(FlinkSettings.PREFIX, name);
    return Optional.of(
        Spelling.nearest(name, all())
            .map(meant -> unknown + "did you mean %s%s?".formatted(FlinkSettings.PREFIX, meant))
            .orElse(
                unknown
                    + "Flink has no such option; %s%s%s passes it on to a plug-in"
                        .formatted(OptionsReader.UNCHECKED, FlinkSettings.PREFIX, name)));
  }

  private static boolean isFree(String name) {
    return FREE_PREFIXES.stream().anyMatch(name::startsWith)
        || Declared.OPTIONS.entrySet().stream()
            .anyMatch(
                option ->
                    name.startsWith(option.getKey() + ".")
                        && ConfigurationUtils.canBePrefixMap(option.getValue()));
  }

  private static Optional<String> unreadable(String name, ConfigOption<?> option, String value) {
    try {
      Configuration one = new Configuration();
      one.setString(name, value);
      one.get(option);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(
          GlobalConfiguration.isSensitive(name)
              ? "%s%s has a value that Flink cannot read".formatted(FlinkSettings.PREFIX, name)
              : "%s%s has a value that Flink cannot read, '%s': %s"
                  .formatted(
                      FlinkSettings.PREFIX,
                      name,
                      value,
                      String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ")));
    }
  }

  private static Map<String, ConfigOption<?>> declared() {
    Map<String, ConfigOption<?>> options = new TreeMap<>();
    for (String className : optionClasses()) {
      try {
        for (Field field :
            Class.forName(className, true, FlinkOptionNames.class.getClassLoader()).getFields()) {
          if (Modifier.isStatic(field.getModifiers())
              && ConfigOption.class.isAssignableFrom(field.getType())
              && !field.isAnnotationPresent(SuffixOption.class)) {
            add((ConfigOption<?>) field.get(null), options);
          }
        }
      } catch (ReflectiveOperationException | LinkageError e) {
        // A class of an optional part of Flink whose dependencies are missing.
        continue;
      }
    }
    return Collections.unmodifiableMap(options);
  }

  private static void add(ConfigOption<?> option, Map<String, ConfigOption<?>> options) {
    options.put(option.key(), option);
    option.fallbackKeys().forEach(fallback -> options.putIfAbsent(fallback.getKey(), option));
  }

  private static Set<String> optionClasses() {
    Set<String> classes = new TreeSet<>();
    try {
      for (URL root : flinkJars()) {
        if (root.openConnection() instanceof JarURLConnection jar) {
          jar.setUseCaches(false);
          try (JarFile file = jar.getJarFile()) {
            file.stream()
                .map(JarEntry::getName)
                .filter(FlinkOptionNames::declaresOptionsOfJobs)
                .map(name -> name.replace('/', '.').replaceFirst("\\.class$", ""))
                .forEach(classes::add);
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("Flink's jars cannot be read to list its options", e);
    }
    return classes;
  }

  /**
   * Excludes connectors and tables, whose options are for SQL and not part of a job's
   * configuration.
   */
  private static boolean declaresOptionsOfJobs(String entry) {
    return entry.startsWith(PACKAGE)
        && entry.endsWith(CLASS_SUFFIX)
        && !entry.contains("/connector")
        && !entry.contains("/table/");
  }

  private static List<URL> flinkJars() throws IOException {
    List<URL> jars =
        new ArrayList<>(
            Collections.list(FlinkOptionNames.class.getClassLoader().getResources(PACKAGE)));
    // Misses jars without entries for their directories.
    jars.add(CheckpointingOptions.class.getResource("CheckpointingOptions.class"));
    return jars;
  }
}
