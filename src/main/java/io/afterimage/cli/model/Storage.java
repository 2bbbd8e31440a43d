package io.afterimage.cli.model;

import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotFiles;
import io.afterimage.model.SnapshotReader;
import io.afterimage.stream.FlinkFiles;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Selects the file system of a path. */
public final class Storage {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  private static boolean initialized;

  private Storage() {}

  /** The local file system, or Flink's file systems for a path with another scheme. */
  public static SnapshotFiles files(String path) {
    if (path.startsWith("file:") || !SCHEME.matcher(path).matches()) {
      return new LocalFiles();
    }
    initialize();
    return new FlinkFiles();
  }

  /** The reader for the snapshot that a path refers to. */
  static SnapshotReader reader(String path) {
    return new SnapshotReader(files(path));
  }

  /** Loads Flink's configuration, if there is one, for the credentials of object stores. */
  private static synchronized void initialize() {
    if (!initialized) {
      Configuration configuration =
          System.getenv("FLINK_CONF_DIR") == null
              ? new Configuration()
              : GlobalConfiguration.loadConfiguration(System.getenv("FLINK_CONF_DIR"));
      FileSystem.initialize(
          configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
      initialized = true;
    }
  }
}
