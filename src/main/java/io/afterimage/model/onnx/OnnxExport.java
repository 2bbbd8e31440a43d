package io.afterimage.model.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.afterimage.frame.Frame;
import io.afterimage.model.EncoderProperties;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.FrozenConvolution;
import io.afterimage.train.encoder.FrozenLinear;
import io.afterimage.train.encoder.FrozenResNetS;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Encoder snapshots as self-contained ONNX models; the caller only resizes the images.
 *
 * <pre>
 *   images      (batch, S, S, 3) unsigned bytes, red-green-blue; the resize to S x S is the caller's
 *   embeddings  (batch, D) single precision, each of unit length
 * </pre>
 *
 * <p>Opset 17 of the default operators. Operations that inference does not need are folded: weight
 * standardization into kernels, running averages into kernels and biases. Group normalization is
 * expressed as instance normalization of the groups.
 */
public final class OnnxExport {
  /** The name of the model's input. */
  public static final String INPUT = "images";

  /** The name of the model's output. */
  public static final String OUTPUT = "embeddings";

  private static final int OPSET = 17;

  /** The version of ONNX's file format that came with this opset. */
  private static final int IR_VERSION = 8;

  /**
   * As in {@link io.afterimage.model.SnapshotEncoder}: avoids the division of a zero vector by
   * zero.
   */
  private static final float LEAST_NORM = 1e-12f;

  private final OnnxGraph graph = new OnnxGraph("encoder");
  private final FrozenResNetS encoder;
  private final int depth;
  private int side;

  private OnnxExport(FrozenResNetS encoder) {
    this.encoder = encoder;
    depth = encoder.settings().depth();
    side = encoder.settings().frameSize();
  }

  /**
   * A snapshot as an ONNX file.
   *
   * @throws IllegalArgumentException if the snapshot lacks a parameter
   */
  public static byte[] encode(EncoderSnapshot snapshot) {
    OnnxExport export =
        new OnnxExport(new FrozenResNetS(snapshot.settings(), snapshot.parameters()));
    export.network();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("afterimage")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setModelVersion(snapshot.step())
            .setDocString(
                ("Embeds images with an encoder after %d training steps. The input is a batch of"
                        + " red-green-blue images of %d x %2$d pixels, unsigned bytes; scale whole"
                        + " images to that size by area average.")
                    .formatted(snapshot.step(), snapshot.settings().frameSize()))
            .setGraph(export.graph.build());
    metadata(snapshot)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private static Map<String, String> metadata(EncoderSnapshot snapshot) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("step", Long.toString(snapshot.step()));
    metadata.putAll(EncoderProperties.of(snapshot.settings()));
    return metadata;
  }

  private void network() {
    String x = convolution("stem", pixels(), 1);
    x = rectified("stem.rectified", x);
    for (int stage = 1; stage <= encoder.stages(); stage++) {
      for (int block = 1; block <= depth; block++) {
        x = block("stage%d.block%d.".formatted(stage, block), x, encoder.stride(stage, block));
      }
    }
    x = graph.node("GlobalAveragePool", x).as("pooled");
    x = graph.node("Flatten", x).integer("axis", 1).as("pooled.flat");
    x = rectified("hidden.rectified", linear("hidden", x));
    x = linear("projection", x);
    String norm = graph.node("ReduceL2", x).integers("axes", 1).integer("keepdims", 1).as("norm");
    String least = graph.constant("norm.least", new float[] {LEAST_NORM});
    graph.node("Div", x, graph.node("Max", norm, least).as("norm.bounded")).as(OUTPUT);
    graph.output(OUTPUT, DataType.FLOAT, encoder.settings().embeddingSize());
  }

  /** (batch, S, S, 3) unsigned bytes to (batch, 3, S, S) in [0, 1]. */
  private String pixels() {
    String images = graph.input(INPUT, DataType.UINT8, side, side, Frame.CHANNELS);
    String x =
        graph.node("Cast", images).integer("to", DataType.FLOAT.getNumber()).as("images.float");
    x = graph.node("Div", x, graph.constant("images.greatest", new float[] {255})).as("pixels");
    return graph.node("Transpose", x).integers("perm", 0, 3, 1, 2).as("pixels.channels-first");
  }

  private String block(String name, String x, int stride) {
    int before = side;
    String shortcut =
        encoder.has(name + "shortcut") ? convolution(name + "shortcut", x, stride) : x;
    side = before;
    String y = rectified(name + "first.rectified", convolution(name + "first", x, stride));
    y = convolution(name + "second", y, 1);
    return rectified(name + "rectified", graph.node("Add", y, shortcut).as(name + "sum"));
  }

  private String convolution(String name, String x, int stride) {
    FrozenConvolution convolution = encoder.convolution(name);
    int k = convolution.side();
    int channels = convolution.outputs();
    side = (side + stride - 1) / stride;
    String kernel =
        graph.constant(
            name + ".kernel", outputsFirst(convolution), channels, convolution.inputs(), k, k);
    FrozenConvolution.Groups groups = convolution.groups();
    String y =
        (groups == null
                ? graph.node(
                    "Conv", x, kernel, graph.constant(name + ".bias", convolution.bias(), channels))
                : graph.node("Conv", x, kernel))
            .integers("kernel_shape", k, k)
            .integers("strides", stride, stride)
            .integers("pads", k / 2, k / 2, k / 2, k / 2)
            .as(name);
    return groups == null ? y : normalized(name, y, groups, convolution.bias());
  }

  private String normalized(String name, String x, FrozenConvolution.Groups groups, float[] bias) {
    int channels = bias.length;
    float[] ones = new float[groups.count()];
    Arrays.fill(ones, 1);
    String grouped =
        graph
            .node("Reshape", x, graph.constant(name + ".grouped.shape", 0, groups.count(), -1))
            .as(name + ".grouped");
    String normalized =
        graph
            .node(
                "InstanceNormalization",
                grouped,
                graph.constant(name + ".group-gain", ones, groups.count()),
                graph.constant(name + ".group-bias", new float[groups.count()], groups.count()))
            .real("epsilon", groups.epsilon())
            .as(name + ".grouped.normalized");
    String y =
        graph
            .node(
                "Reshape",
                normalized,
                graph.constant(name + ".normalized.shape", 0, channels, side, side))
            .as(name + ".normalized");
    String gain = graph.constant(name + ".gain", groups.gain(), channels, 1, 1);
    y = graph.node("Mul", y, gain).as(name + ".scaled");
    return graph
        .node("Add", y, graph.constant(name + ".bias", bias, channels, 1, 1))
        .as(name + ".shifted");
  }

  private String linear(String name, String x) {
    FrozenLinear linear = encoder.linear(name);
    return graph
        .node(
            "Gemm",
            x,
            graph.constant(name + ".kernel", linear.kernel(), linear.inputs(), linear.outputs()),
            graph.constant(name + ".bias", linear.bias(), linear.outputs()))
        .as(name);
  }

  private String rectified(String name, String x) {
    return graph.node("Relu", x).as(name);
  }

  /** (k, k, in, out) to (out, in, k, k). */
  private static float[] outputsFirst(FrozenConvolution convolution) {
    int area = convolution.side() * convolution.side();
    int inputs = convolution.inputs();
    int outputs = convolution.outputs();
    float[] from = convolution.kernel();
    float[] to = new float[from.length];
    for (int place = 0; place < area; place++) {
      for (int i = 0; i < inputs; i++) {
        for (int o = 0; o < outputs; o++) {
          to[(o * inputs + i) * area + place] = from[(place * inputs + i) * outputs + o];
        }
      }
    }
    return to;
  }
}
