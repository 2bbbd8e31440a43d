package io.afterimage.stream.record;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.learn.StepReport;
import io.afterimage.pairing.PositiveGroup;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of every value that flows; nothing is left to Kryo or reflection. */
public final class Types {
  public static final TypeInformation<Received> RECEIVED =
      new ImmutableType<>(Received.class, new ReceivedSerializer());
  public static final TypeInformation<Rejection> REJECTION =
      new ImmutableType<>(Rejection.class, new RejectionSerializer());
  public static final TypeInformation<EncodedFrame> ENCODED_FRAME =
      new ImmutableType<>(EncodedFrame.class, new EncodedFrameSerializer());
  public static final TypeInformation<Frame> FRAME =
      new ImmutableType<>(Frame.class, new FrameSerializer());
  public static final TypeInformation<PositiveGroup> POSITIVE_GROUP =
      new ImmutableType<>(PositiveGroup.class, new PositiveGroupSerializer());
  public static final TypeInformation<StepReport> STEP_REPORT =
      new ImmutableType<>(StepReport.class, new StepReportSerializer());

  private Types() {}
}
