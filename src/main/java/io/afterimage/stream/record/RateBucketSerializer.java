package io.afterimage.stream.record;

import io.afterimage.frame.RateBucket;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: newest capture time, frames. */
public final class RateBucketSerializer extends ImmutableSerializer<RateBucket> {
  public RateBucketSerializer() {
    super(RateBucket.class, 1);
  }

  @Override
  protected void write(RateBucket bucket, DataOutputView out) throws IOException {
    out.writeLong(bucket.newestMillis());
    out.writeDouble(bucket.frames());
  }

  @Override
  protected RateBucket read(int version, DataInputView in) throws IOException {
    return new RateBucket(in.readLong(), in.readDouble());
  }

  @Override
  public TypeSerializerSnapshot<RateBucket> snapshotConfiguration() {
    return new Snapshots.OfRateBucket();
  }
}
