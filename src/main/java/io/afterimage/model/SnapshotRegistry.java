package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one learner: a directory on any file system, written by one process and read
 * concurrently by any number of processes.
 *
 * <pre>
 *   latest                     the name of the version published last
 *   step-000000000300/         a version; its name is never reused
 *     manifest.json            {@link ManifestJson}
 *     encoder.afim             {@link EncoderSnapshotCodec}
 * </pre>
 *
 * <p>A version is written under a temporary name and then renamed, which makes it visible
 * atomically; {@code latest} names it only afterwards. Some object stores rename file by file: a
 * directory counts as a version once it holds a manifest and the number of bytes of weights that
 * the manifest declares.
 */
public final class SnapshotRegistry {
  static final String LATEST = "latest";
  static final String MANIFEST = "manifest.json";
  private static final String WEIGHTS = "encoder.afim";

  private static final Pattern VERSION = Pattern.compile("step-\\d{12,}(-\\d+)?");
  private static final Pattern ASIDE = Pattern.compile("\\.writing-(\\d+)-.*");

  /** Age from which temporary files count as left behind by a dead writer. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final SnapshotFiles files;
  private final String directory;
  private final Clock clock;

  /**
   * @param directory a path of {@code files}; need not exist yet
   */
  public SnapshotRegistry(SnapshotFiles files, String directory) {
    this(files, directory, Clock.systemUTC());
  }

  SnapshotRegistry(SnapshotFiles files, String directory, Clock clock) {
    this.files = files;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Writes a snapshot and makes it the latest. An existing snapshot, which a restored learner
   * publishes again, is not written a second time.
   *
   * @param metrics the learner's metrics by name; non-finite values are omitted
   * @throws IOException if it fails; existing versions are not affected, and {@code latest} names
   *     the last one published completely
   */
  public SnapshotManifest publish(EncoderSnapshot snapshot, Map<String, Double> metrics)
      throws IOException {
    byte[] weights = EncoderSnapshotCodec.encode(snapshot);
    String sha256 = Sha256.hex(weights);
    List<String> taken = versionsOf(snapshot.step());
    for (String version : taken) {
      SnapshotManifest there = whole(version);
      if (there != null && there.weightsSha256().equals(sha256)) {
        point(aside(), version);
        return there;
      }
    }
    SnapshotManifest manifest =
        new SnapshotManifest(
            unused(taken, snapshot.step()),
            snapshot.step(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            snapshot.settings(),
            metrics,
            WEIGHTS,
            weights.length,
            sha256);
    String aside = aside();
    try {
      files.write(SnapshotFiles.child(aside, WEIGHTS), weights);
      files.write(SnapshotFiles.child(aside, MANIFEST), ManifestJson.write(manifest));
      files.move(aside, path(manifest.version()));
    } catch (IOException e) {
      throw cleaned(aside, e);
    }
    point(aside, manifest.version());
    return manifest;
  }

  private void point(String aside, String version) throws IOException {
    try {
      files.write(aside, (version + "\n").getBytes(StandardCharsets.US_ASCII));
      files.move(aside, child(LATEST));
    } catch (IOException e) {
      throw cleaned(aside, e);
    }
  }

  /** Deletes the temporary files and returns the failure. */
  private IOException cleaned(String aside, IOException failure) {
    try {
      files.delete(aside);
    } catch (IOException again) {
      failure.addSuppressed(again);
    }
    return failure;
  }

  private String aside() {
    return child(".writing-%d-%s".formatted(clock.instant().toEpochMilli(), UUID.randomUUID()));
  }

  private List<String> versionsOf(long step) throws IOException {
    String plain = "step-%012d".formatted(step);
    return versions().stream()
        .filter(version -> version.equals(plain) || version.startsWith(plain + "-"))
        .toList();
  }

  /**
   * An unused name for a step: a new job counts its steps from 1 again, perhaps in the same
   * directory.
   */
  private static String unused(List<String> taken, long step) {
    String plain = "step-%012d".formatted(step);
    String version = plain;
    for (int i = 2; taken.contains(version); i++) {
      version = plain + "-" + i;
    }
    return version;
  }

  /** Deletes versions beyond the retention policy, and files that dead writers left behind. */
  public void prune(Retention retention) throws IOException {
    Instant now = clock.instant();
    Optional<String> latest = latest();
    int kept = latest.isPresent() ? 1 : 0;
    List<SnapshotManifest> newestFirst = new ArrayList<>(list());
    Collections.reverse(newestFirst);
    for (SnapshotManifest each : newestFirst) {
      if (latest.isPresent() && each.version().equals(latest.get())) {
        continue;
      }
      boolean tooOld =
          retention.maxAge() != null
              && each.published().plus(retention.maxAge()).compareTo(now) < 0;
      if (tooOld || kept >= retention.keep()) {
        delete(each.version());
      } else {
        kept++;
      }
    }
    for (String name : files.list(directory)) {
      Matcher aside = ASIDE.matcher(name);
      if (aside.matches() && Long.parseLong(aside.group(1)) < now.minus(ABANDONED).toEpochMilli()) {
        files.delete(child(name));
      }
    }
  }

  /** Deletes the manifest first, to make a half-deleted directory no longer count as a version. */
  private void delete(String version) throws IOException {
    files.delete(SnapshotFiles.child(path(version), MANIFEST));
    files.delete(path(version));
  }

  /** Names of all directories named like versions, complete or not, in the order of their names. */
  public List<String> versions() throws IOException {
    return files.list(directory).stream()
        .filter(name -> VERSION.matcher(name).matches())
        .sorted()
        .toList();
  }

  /** Manifests of all complete versions, oldest first. */
  public List<SnapshotManifest> list() throws IOException {
    List<SnapshotManifest> manifests = new ArrayList<>();
    for (String version : versions()) {
      try {
        manifests.add(manifest(version));
      } catch (IOException e) {
        // Half written, half deleted or damaged: not a version. Reading it by name reports why.
      }
    }
    manifests.sort(
        Comparator.comparing(SnapshotManifest::published).thenComparing(SnapshotManifest::version));
    return manifests;
  }

  /**
   * The version that was published last.
   *
   * @return empty if there is none
   */
  public Optional<String> latest() throws IOException {
    String named = "";
    try {
      named = new String(files.read(child(LATEST)), StandardCharsets.US_ASCII).strip();
    } catch (FileNotFoundException e) {
      // None yet, or being replaced on a file system without atomic replacement.
    }
    if (VERSION.matcher(named).matches() && whole(named) != null) {
      return Optional.of(named);
    }
    List<SnapshotManifest> all = list();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).version());
  }

  /** The manifest of a complete version, or null. */
  private @Nullable SnapshotManifest whole(String version) {
    try {
      return manifest(version);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * The complete version whose weights' SHA-256 begins with the given digits.
   *
   * @param sha256 hexadecimal digits, such as an encoder's id
   */
  public Optional<SnapshotManifest> find(String sha256) throws IOException {
    return list().stream().filter(each -> each.weightsSha256().startsWith(sha256)).findFirst();
  }

  /**
   * The manifest of a version; the weights are not read.
   *
   * @throws IOException if there is no such version, or it is incomplete, naming the file
   */
  public SnapshotManifest manifest(String version) throws IOException {
    return StoredSnapshot.manifest(files, path(version));
  }

  /**
   * A version with its weights.
   *
   * @throws IOException if there is no such version, or it is damaged, naming the file
   */
  public StoredSnapshot read(String version) throws IOException {
    return StoredSnapshot.read(files, path(version));
  }

  /** The path of a version. */
  public String path(String version) {
    return child(version);
  }

  private String child(String name) {
    return SnapshotFiles.child(directory, name);
  }
}
