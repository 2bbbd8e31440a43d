package io.afterimage.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterimage.model.EncoderNpz;
import io.afterimage.model.Encoders;
import io.afterimage.model.LocalFiles;
import io.afterimage.model.NpyArray;
import io.afterimage.model.NpzArchive;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.model.onnx.OnnxExport;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelMainTest {
  private static final EncoderSettings ENCODER = Encoders.small(Normalization.GROUP);
  private static final EncoderSettings OTHER =
      new EncoderSettings(ResNetS.NAME, 8, 1, 12, Normalization.WEIGHT, 16);

  @TempDir Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void publish() throws IOException {
    registry("a").publish(Encoders.snapshot(ENCODER, 1, 1), Map.of("loss", 4.25));
    registry("a").publish(Encoders.snapshot(ENCODER, 2, 2), Map.of());
    registry("b").publish(Encoders.snapshot(OTHER, 3, 3), Map.of());
  }

  @Test
  void list_marksTheLatest() {
    assertThat(run("list", path("a"))).isZero();
    assertThat(out.toString().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("  step-000000000001") && line.contains("4.25"))
        .anyMatch(line -> line.startsWith("* step-000000000002"));
  }

  @Test
  void list_damagedVersion_isSaidAndFails() throws IOException {
    Files.delete(temporary.resolve("a/step-000000000001/encoder.afim"));

    assertThat(run("list", path("a"))).isEqualTo(1);
    assertThat(out.toString()).contains("! step-000000000001", "there is no file");
  }

  @Test
  void list_emptyDirectory_fails() {
    assertThat(run("list", temporary.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("model.sh: there is no snapshot in " + temporary);
  }

  @Test
  void show_namesWhatItIs() {
    assertThat(run("show", path("a/step-000000000001"), "--parameters")).isZero();
    assertThat(out.toString().replaceAll(" +", " "))
        .contains("step 1\n", "encoder.width 8\n", "metric loss 4.25", "stem.kernel (3, 3, 3, 8)");
  }

  @Test
  void show_json_isTheManifest() throws IOException {
    assertThat(run("show", path("a"), "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("version").asText())
        .isEqualTo("step-000000000002");
  }

  @Test
  void verify_registry_checksEveryVersion() throws IOException {
    assertThat(run("verify", path("a"), path("b/latest"))).isZero();
    assertThat(out.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("whole"));

    Path weights = temporary.resolve("a/step-000000000001/encoder.afim");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[99] ^= 4;
    Files.write(weights, bytes);
    assertThat(run("verify", path("a"))).isEqualTo(1);
    assertThat(out.toString()).contains("damaged  ", "SHA-256");
  }

  @Test
  void verify_weightsThatAreNotFinite_areDamaged() throws IOException {
    EncoderSnapshot snapshot = Encoders.snapshot(ENCODER, 9, 1);
    snapshot.parameters().get("stem.bias")[3] = Float.NaN;
    registry("c").publish(snapshot, Map.of());

    assertThat(run("verify", path("c"))).isEqualTo(1);
    assertThat(out.toString()).contains("stem.bias holds NaN");
  }

  @Test
  void export_npz_isReadBackTheSame() throws IOException {
    Path file = temporary.resolve("e.npz");
    assertThat(run("export", path("a"), "--format", "npz", "--output", file.toString())).isZero();

    EncoderSnapshot read = EncoderNpz.read(Files.readAllBytes(file));
    assertThat(read.step()).isEqualTo(2);
    assertThat(run("verify", file.toString())).isZero();
  }

  @Test
  void export_onnx_isTheExportedModel_andReplacesOnlyByForce() throws IOException {
    Path file = temporary.resolve("e.onnx");
    String[] command = {"export", path("a"), "--format", "onnx", "--output", file.toString()};
    assertThat(run(command)).isZero();
    assertThat(Files.readAllBytes(file))
        .isEqualTo(OnnxExport.encode(Encoders.snapshot(ENCODER, 2, 2)));

    assertThat(run(command)).isEqualTo(2);
    assertThat(err.toString()).contains(file + ": exists already; --force replaces it");
    assertThat(run("export", path("b"), "--format=ONNX", "--force", "--output=" + file)).isZero();
  }

  @Test
  void export_unknownFormat_namesOptionAndValue() {
    assertThat(run("export", path("a"), "--format", "tflite")).isEqualTo(2);
    assertThat(err.toString()).contains("--format", "ONNX, NPZ", "tflite");
  }

  @Test
  void embed_everyFormat_isWhatTheEncoderGives() throws IOException {
    images(3);
    Path npz = temporary.resolve("e.npz");
    String images = path("images");

    assertThat(run("embed", path("a"), images, "--format=npz", "--output=" + npz)).isZero();
    Map<String, NpyArray> arrays = NpzArchive.read(Files.readAllBytes(npz));
    float[] embeddings = arrays.get("embeddings").toFloats();
    assertThat(arrays.get("embeddings").shownShape()).isEqualTo("(3, 16)");
    assertThat(embeddings).isEqualTo(expected(3));

    assertThat(run("embed", path("a"), images, "--format=json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("step").asLong()).isEqualTo(2);
    assertThat(json.at("/embeddings/1/image").asText()).isEqualTo(image(1).toString());
    assertThat(json.at("/embeddings/1/embedding/5").floatValue()).isEqualTo(embeddings[21]);

    assertThat(run("embed", path("a"), images)).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("image,0,1,").endsWith(",15");
    assertThat(lines.get(2))
        .startsWith('"' + image(1).toString() + "\",")
        .contains("," + embeddings[21]);
  }

  @Test
  void embed_damagedImage_isNamedAndTheOthersAreEmbedded() throws IOException {
    images(2);
    Path broken = Files.writeString(temporary.resolve("images/broken.jpg"), "no image");

    assertThat(run("embed", path("a"), path("images"))).isEqualTo(1);
    assertThat(err.toString()).contains(broken + " is left out, undecodable");
    assertThat(out.toString().lines()).hasSize(3);
  }

  @Test
  void embed_npzWithoutAFile_namesTheOption() throws IOException {
    images(1);
    assertThat(run("embed", path("a"), path("images"), "--format=npz")).isEqualTo(2);
    assertThat(err.toString()).contains("--output must be given with --format npz");
  }

  @Test
  void compare_withItself_isOne() throws IOException {
    images(6);
    assertThat(run("compare", path("a"), path("a"), path("images"), "--neighbours=2")).isZero();
    assertThat(value("mean cosine")).isCloseTo(1, within(1e-4));
    assertThat(value("neighbour overlap")).isCloseTo(1, within(1e-4));
    assertThat(value("linear CKA")).isCloseTo(1, within(1e-4));
  }

  @Test
  void compare_otherEncoder_namesWhatDiffers() throws IOException {
    images(6);
    assertThat(run("compare", path("a"), path("b"), path("images"), "--neighbours=2")).isZero();
    assertThat(out.toString().replaceAll(" +", " "))
        .contains("encoder.embedding-size 16 and 12", "mean cosine - (dimensions 16 and 12)");
    assertThat(value("linear CKA")).isBetween(0.0, 0.9999);
  }

  @Test
  void compare_moreNeighboursThanImages_namesOptionAndValue() throws IOException {
    images(3);
    assertThat(run("compare", path("a"), path("b"), path("images"))).isEqualTo(2);
    assertThat(err.toString()).contains("--neighbours", "which are 3, but was 10");
  }

  @Test
  void noCommand_showsTheUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("a command is missing", "Exit code: 0");
  }

  private double value(String name) {
    String line =
        out.toString().lines().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(name.length()).strip().split(" ")[0]);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return ModelMain.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  private String path(String name) {
    return temporary.resolve(name).toString();
  }

  private SnapshotRegistry registry(String name) {
    return new SnapshotRegistry(new LocalFiles(), path(name));
  }

  private Path image(int index) {
    return temporary.resolve("images/image, %d.png".formatted(index));
  }

  /** Images of the frame's own size, so that decoding changes no pixel. */
  private void images(int count) throws IOException {
    Files.createDirectory(temporary.resolve("images"));
    for (int i = 0; i < count; i++) {
      ImageIO.write(picture(i), "png", image(i).toFile());
    }
  }

  private static BufferedImage picture(int index) {
    Random random = new Random(index);
    int size = ENCODER.frameSize();
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    for (int i = 0; i < 5; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillRect(random.nextInt(size), random.nextInt(size), size, size / 2);
    }
    graphics.dispose();
    return picture;
  }

  /** Embeddings of the pictures, without files between. */
  private static float[] expected(int count) {
    int size = ENCODER.frameSize();
    byte[] pixels = new byte[count * size * size * 3];
    for (int i = 0; i < count * size * size; i++) {
      int rgb = picture(i / (size * size)).getRGB(i % size, i / size % size);
      pixels[3 * i] = (byte) (rgb >> 16);
      pixels[3 * i + 1] = (byte) (rgb >> 8);
      pixels[3 * i + 2] = (byte) rgb;
    }
    try (SnapshotEncoder encoder = new SnapshotEncoder(Encoders.snapshot(ENCODER, 2, 2))) {
      return encoder.embed(pixels, count);
    }
  }
}
