package io.afterimage.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX graph under construction. Values are identified by name; a node has one output, which has
 * the node's name.
 */
final class OnnxGraph {
  private final GraphProto.Builder graph;

  OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /** An operator of ONNX with its inputs. */
  final class Node {
    private final NodeProto.Builder node;

    private Node(String operator, String... inputs) {
      node = NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs));
    }

    Node integer(String attribute, long value) {
      node.addAttribute(
          AttributeProto.newBuilder().setName(attribute).setType(AttributeType.INT).setI(value));
      return this;
    }

    Node real(String attribute, double value) {
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName(attribute)
              .setType(AttributeType.FLOAT)
              .setF((float) value));
      return this;
    }

    Node integers(String attribute, long... values) {
      AttributeProto.Builder list =
          AttributeProto.newBuilder().setName(attribute).setType(AttributeType.INTS);
      for (long value : values) {
        list.addInts(value);
      }
      node.addAttribute(list);
      return this;
    }

    /** Adds the node under a name, which is also the name of its output. */
    String as(String name) {
      graph.addNode(node.setName(name).addOutput(name));
      return name;
    }
  }

  Node node(String operator, String... inputs) {
    return new Node(operator, inputs);
  }

  /** A constant array of single-precision numbers, row-major. */
  String constant(String name, float[] values, long... shape) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return constant(name, DataType.FLOAT, bytes, shape);
  }

  /** A constant vector of integers. */
  String constant(String name, long... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant(name, DataType.INT64, bytes, values.length);
  }

  private String constant(String name, DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long side : shape) {
      tensor.addDims(side);
    }
    graph.addInitializer(tensor);
    return name;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An input of the graph: {@code (batch, shape...)}, of any batch. */
  String input(String name, DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return name;
  }

  /** An output of the graph: {@code (batch, shape...)}. */
  void output(String name, DataType type, long... shape) {
    graph.addOutput(value(name, type, shape));
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam("batch");
    for (long side : shape) {
      dimensions.addDimBuilder().setDimValue(side);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  GraphProto build() {
    return graph.build();
  }
}
