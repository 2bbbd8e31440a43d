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
import io.afterimage.train.StepReport;
import io.afterimage.wire.FrameEmbedding;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job: frames are decoded, paired by camera, learned from, and embedded with what was learned.
 *
 * <pre>{@code
 * FlinkSettings.configure(environment, options);
 * new AfterimagePipeline(source, rejected, training, embeddings, options).build(environment);
 * environment.execute("afterimage");
 * }</pre>
 *
 * <p>The same records in the same order give the same weights to the bit where every operator has
 * one subtask; with more of them, groups of different cameras reach the learner in the order in
 * which they happen to be ready.
 */
public final class AfterimagePipeline {
  private final Source<Received, ?, ?> frames;
  private final Sink<Rejection> rejected;
  private final Sink<StepReport> training;
  private final Sink<FrameEmbedding> embeddings;
  private final Configuration options;
  private final TrainingLoop.Factory learner;

  /**
   * @param options options that {@link OptionsReader} accepted
   */
  public AfterimagePipeline(
      Source<Received, ?, ?> frames,
      Sink<Rejection> rejected,
      Sink<StepReport> training,
      Sink<FrameEmbedding> embeddings,
      Configuration options) {
    this(frames, rejected, training, embeddings, options, LearnerLoop::new);
  }

  /** With a learner of one's own, as benchmarks do to measure the job without the step. */
  AfterimagePipeline(
      Source<Received, ?, ?> frames,
      Sink<Rejection> rejected,
      Sink<StepReport> training,
      Sink<FrameEmbedding> embeddings,
      Configuration options,
      TrainingLoop.Factory learner) {
    this.frames = frames;
    this.rejected = rejected;
    this.training = training;
    this.embeddings = embeddings;
    this.options = options;
    this.learner = learner;
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
            .transform("learn", Types.STEP_REPORT, new LearnOperator(options, learner))
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

  /** By camera up to the topic, so that the embeddings of each stay in order. */
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
