package io.afterimage.stream.record;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.RateBucket;
import io.afterimage.pairing.CameraState;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.StepReport;
import io.afterimage.wire.FrameEmbedding;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;

/**
 * The serializers' names in checkpoints and savepoints: Flink stores the class name of the
 * serializer snapshot with each state, and loads that class on restore.
 *
 * <p>This class, its package and the classes in it are never renamed or moved. The serializers and
 * the values that they write may be renamed or moved: only this file refers to them. If the form of
 * a value changes, its serializer gets a new version and keeps reading the older ones.
 */
public final class Snapshots {
  private Snapshots() {}

  public static final class OfCameraState extends SimpleTypeSerializerSnapshot<CameraState> {
    public OfCameraState() {
      super(CameraStateSerializer::new);
    }
  }

  public static final class OfEncodedFrame extends SimpleTypeSerializerSnapshot<EncodedFrame> {
    public OfEncodedFrame() {
      super(EncodedFrameSerializer::new);
    }
  }

  public static final class OfFrameEmbedding extends SimpleTypeSerializerSnapshot<FrameEmbedding> {
    public OfFrameEmbedding() {
      super(FrameEmbeddingSerializer::new);
    }
  }

  public static final class OfFrame extends SimpleTypeSerializerSnapshot<Frame> {
    public OfFrame() {
      super(FrameSerializer::new);
    }
  }

  public static final class OfLocatedFrame extends SimpleTypeSerializerSnapshot<LocatedFrame> {
    public OfLocatedFrame() {
      super(LocatedFrameSerializer::new);
    }
  }

  public static final class OfPositiveGroup extends SimpleTypeSerializerSnapshot<PositiveGroup> {
    public OfPositiveGroup() {
      super(PositiveGroupSerializer::new);
    }
  }

  public static final class OfRateBucket extends SimpleTypeSerializerSnapshot<RateBucket> {
    public OfRateBucket() {
      super(RateBucketSerializer::new);
    }
  }

  public static final class OfReceived extends SimpleTypeSerializerSnapshot<Received> {
    public OfReceived() {
      super(ReceivedSerializer::new);
    }
  }

  public static final class OfRejection extends SimpleTypeSerializerSnapshot<Rejection> {
    public OfRejection() {
      super(RejectionSerializer::new);
    }
  }

  public static final class OfStepReport extends SimpleTypeSerializerSnapshot<StepReport> {
    public OfStepReport() {
      super(StepReportSerializer::new);
    }
  }
}
