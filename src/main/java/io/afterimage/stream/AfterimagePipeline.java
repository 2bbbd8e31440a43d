package io.afterimage.stream;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.option.PairingOptions;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.StepReport;
import io.afterimage.wire.FrameEmbedding;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;

/**
 * The job: decodes frames, pairs them by camera, trains the encoder on them, and embeds them with
 * the encoder.
 *
 * <pre>{@code
 * FlinkSettings.configure(environment, options);
 * new AfterimagePipeline(source, rejected, training, embeddings, options).build(environment);
 * environment.execute("afterimage");
 * }</pre>
 *
 * <p>The same records in the same order give bitwise identical weights if every operator has one
 * subtask. With more subtasks, the order in which groups of different cameras reach the learner is
 * not deterministic.
 */
public final class AfterimagePipeline {
  private final Source<Received, ?, ?> frames;
  private final Sink<Rejection> rejected;
  private final Sink<StepReport> training;
  private final Sink<FrameEmbedding> embeddings;
  private final Configuration options;
  private final SerializableFunction<LearnerSettings, Learner> newLearner;

  /**
   * @param options options accepted by {@link OptionsReader}
   */
  public AfterimagePipeline(
      Source<Received, ?, ?> frames,
      Sink<Rejection> rejected,
      Sink<StepReport> training,
      Sink<FrameEmbedding> embeddings,
      Configuration options) {
    this(frames, rejected, training, embeddings, options, Learner::new);
  }

  /** With the caller's learner, for benchmarks that measure the job without the training step. */
  AfterimagePipeline(
      Source<Received, ?, ?> frames,
      Sink<Rejection> rejected,
      Sink<StepReport> training,
      Sink<FrameEmbedding> embeddings,
      Configuration options,
      SerializableFunction<LearnerSettings, Learner> newLearner) {
    this.frames = frames;
    this.rejected = rejected;
    this.training = training;
    this.embeddings = embeddings;
    this.options = options;
    this.newLearner = newLearner;
  }

  /** Adds the whole job to an environment. */
  public void build(StreamExecutionEnvironment environment) {
    DataStream<Received> received =
        environment
            .fromSource(
                frames,
                FrameWatermarks.strategy(
                    options.get(PairingOptions.DISORDER), options.get(FrameOptions.IDLE_TIMEOUT)),
                "frames",
                Types.RECEIVED)
            .uid(OperatorUids.FRAMES);

    SingleOutputStreamOperator<Frame> decoded =
        received
            .keyBy(Received::key, Types.CAMERA)
            .process(new Decode(options), Types.FRAME)
            .name("decode")
            .uid(OperatorUids.DECODE);

    DataStream<PositiveGroup> groups =
        decoded
            .keyBy(Frame::camera, Types.CAMERA)
            .transform("pair", Types.POSITIVE_GROUP, new PairOperator(options))
            .uid(OperatorUids.PAIR);

    SingleOutputStreamOperator<StepReport> reports =
        groups
            .keyBy(new LearnerKey(), Types.LEARNER)
            .transform("learn", Types.STEP_REPORT, new LearnOperator(options, newLearner))
            .uid(OperatorUids.LEARN);

    reports.sinkTo(training).name("training").uid(OperatorUids.TRAINING);
    decoded
        .getSideOutput(Decode.REJECTED)
        .sinkTo(rejected)
        .name("rejected")
        .uid(OperatorUids.REJECTED);
    if (options.get(EmbeddingsOptions.ENABLED)) {
      embed(decoded.getSideOutput(Decode.LOCATED), reports.getSideOutput(LearnOperator.ENCODERS));
    }
  }

  /** Keyed by camera up to the topic, which keeps each camera's embeddings in order. */
  private void embed(DataStream<LocatedFrame> located, DataStream<byte[]> encoders) {
    located
        .keyBy(LocatedFrame::camera, Types.CAMERA)
        .process(new Sample(options), Types.LOCATED_FRAME)
        .name("sample")
        .uid(OperatorUids.SAMPLE)
        .connect(encoders.broadcast())
        .transform("embed", Types.FRAME_EMBEDDING, new EmbedOperator(options))
        .uid(OperatorUids.EMBED)
        .sinkTo(embeddings)
        .name("embeddings")
        .uid(OperatorUids.EMBEDDINGS);
  }
}
