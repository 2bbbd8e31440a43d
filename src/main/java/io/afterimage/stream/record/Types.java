package io.afterimage.stream.record;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.RateBucket;
import io.afterimage.pairing.CameraState;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.StepReport;
import io.afterimage.wire.FrameEmbedding;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of every value in the job; nothing relies on Kryo or reflection. */
public final class Types {
  public static final TypeInformation<Received> RECEIVED =
      new OwnType<>(Received.class, new ReceivedSerializer());
  public static final TypeInformation<Rejection> REJECTION =
      new OwnType<>(Rejection.class, new RejectionSerializer());
  public static final TypeInformation<EncodedFrame> ENCODED_FRAME =
      new OwnType<>(EncodedFrame.class, new EncodedFrameSerializer());
  public static final TypeInformation<Frame> FRAME =
      new OwnType<>(Frame.class, new FrameSerializer());
  public static final TypeInformation<LocatedFrame> LOCATED_FRAME =
      new OwnType<>(LocatedFrame.class, new LocatedFrameSerializer());
  public static final TypeInformation<FrameEmbedding> FRAME_EMBEDDING =
      new OwnType<>(FrameEmbedding.class, new FrameEmbeddingSerializer());
  public static final TypeInformation<PositiveGroup> POSITIVE_GROUP =
      new OwnType<>(PositiveGroup.class, new PositiveGroupSerializer());
  public static final TypeInformation<StepReport> STEP_REPORT =
      new OwnType<>(StepReport.class, new StepReportSerializer());

  /** The pairing state of a camera. */
  public static final TypeInformation<CameraState> CAMERA_STATE =
      new OwnType<>(CameraState.class, new CameraStateSerializer());

  /** The rate-limit state of a camera. */
  public static final TypeInformation<RateBucket> RATE_BUCKET =
      new OwnType<>(RateBucket.class, new RateBucketSerializer());

  /** An encoder's snapshot in the form of its codec. */
  public static final TypeInformation<byte[]> SNAPSHOT =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

  /** A time (milliseconds since 1970, UTC). */
  public static final TypeInformation<Long> TIME = BasicTypeInfo.LONG_TYPE_INFO;

  /** The key of pairing: a camera's id. */
  public static final TypeInformation<String> CAMERA = BasicTypeInfo.STRING_TYPE_INFO;

  /** The key of learning: a learner's number. */
  public static final TypeInformation<Integer> LEARNER = BasicTypeInfo.INT_TYPE_INFO;

  /** A slot of the replay memory. */
  public static final TypeInformation<Integer> SLOT = BasicTypeInfo.INT_TYPE_INFO;

  private Types() {}
}
