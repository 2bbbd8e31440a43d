package io.afterimage.stream;

import static io.afterimage.stream.AfterimageOptions.FRAME_IDLE_TIMEOUT;
import static io.afterimage.stream.AfterimageOptions.PAIRING_DISORDER;

import io.afterimage.frame.Frame;
import io.afterimage.learn.StepReport;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.stream.record.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job: frames are decoded, paired by camera, and learned from.
 *
 * <pre>{@code
 * FlinkSettings.configure(environment, options);
 * new AfterimagePipeline(source, rejected, training, options).build(environment);
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
  private final Configuration options;
  private final TrainingLoop.Factory learner;

  /**
   * @param options options that {@link OptionsReader} accepted
   */
  public AfterimagePipeline(
      Source<Received, ?, ?> frames,
      Sink<Rejection> rejected,
      Sink<StepReport> training,
      Configuration options) {
    this(frames, rejected, training, options, LearnerLoop::new);
  }

  /** With a learner of one's own, as benchmarks do to measure the job without the step. */
  AfterimagePipeline(
      Source<Received, ?, ?> frames,
      Sink<Rejection> rejected,
      Sink<StepReport> training,
      Configuration options,
      TrainingLoop.Factory learner) {
    this.frames = frames;
    this.rejected = rejected;
    this.training = training;
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
                    options.get(PAIRING_DISORDER), options.get(FRAME_IDLE_TIMEOUT)),
                "frames",
                Types.RECEIVED)
            .uid(OperatorUids.FRAMES);

    SingleOutputStreamOperator<Frame> decoded =
        received.process(new Decode(options), Types.FRAME).name("decode").uid(OperatorUids.DECODE);

    DataStream<PositiveGroup> groups =
        decoded
            .keyBy(Frame::camera, Types.CAMERA)
            .transform("pair", Types.POSITIVE_GROUP, new PairOperator(options))
            .uid(OperatorUids.PAIR);

    DataStream<StepReport> reports =
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
  }
}
