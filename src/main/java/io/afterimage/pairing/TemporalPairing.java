package io.afterimage.pairing;

import io.afterimage.frame.Frame;
import io.afterimage.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the frames of a camera that are close in time.
 *
 * <p>The groups of a camera are a pure function of its frames in their order of arrival; other
 * cameras and processing time have no influence.
 *
 * <pre>{@code
 * TemporalPairing pairing = new TemporalPairing(settings, event -> {});
 * CameraState state = new CameraState("gate-3");
 * List<PositiveGroup> groups = pairing.accept(state, frame);
 * }</pre>
 */
public final class TemporalPairing {
  /*
   * Order. Frames are buffered in the order of their capture times until the camera's newest time
   * is `disorder` ahead of theirs. A frame older than one that has left the buffer is late.
   *
   * Clock. A frame more than `outage` behind the newest is a stray, or the first after the clock
   * was set back. Only CLOCK_RESET_FRAMES of them in a row count as a clock reset, which sets the
   * newest time to theirs. A stray frame from the past is therefore one late frame. A stray frame
   * from the future loses the open group and, until the reset, the reordering. A clock that was set
   * back loses CLOCK_RESET_FRAMES - 1 late frames and the open group.
   *
   * Window. Each group draws its time span uniformly between the shortest that its views allow and
   * maxGap, to make positive pairs cover the window. View i is the frame nearest to first + i *
   * span / (K - 1), where a frame counts as nearest from half the time since the previous frame on.
   * A view is dropped when the group can no longer be completed within maxGap of it.
   */

  /** Consecutive frames that must be far behind before the clock counts as set back. */
  private static final int CLOCK_RESET_FRAMES = 3;

  private final PairingSettings settings;
  private final long minGapMillis;
  private final long maxGapMillis;
  private final long outageMillis;
  private final long disorderMillis;
  private final Consumer<PairingEvent> events;

  /**
   * Pairing for any number of cameras; the caller keeps their states.
   *
   * @param events receives each event as it happens
   */
  public TemporalPairing(PairingSettings settings, Consumer<PairingEvent> events) {
    this.settings = settings;
    this.events = events;
    minGapMillis = settings.minGap().toMillis();
    maxGapMillis = settings.maxGap().toMillis();
    outageMillis = settings.outage().toMillis();
    disorderMillis = settings.disorder().toMillis();
  }

  /**
   * Adds a frame.
   *
   * @param state the camera's, changed by this call
   * @return the groups that it completes, mostly none
   */
  public List<PositiveGroup> accept(CameraState state, Frame frame) {
    if (!frame.camera().equals(state.camera)) {
      throw new IllegalArgumentException(
          "the frame must be of camera %s, but was of %s".formatted(state.camera, frame.camera()));
    }
    List<PositiveGroup> finished = new ArrayList<>();
    followClock(state, frame.captureTimeMillis(), finished);
    if (state.previous != null && frame.captureTimeMillis() < state.previous.captureTimeMillis()) {
      events.accept(PairingEvent.LATE);
      return finished;
    }
    insert(state.pending, frame);
    state.newestMillis = Math.max(state.newestMillis, frame.captureTimeMillis());
    while (isDue(state)) {
      extend(state, state.pending.remove(0), finished);
    }
    return finished;
  }

  /**
   * Uses the buffered frames and discards the open group, since no more frames of this camera are
   * expected. Frames since the last group then belong to no group.
   *
   * @return the groups that this completes
   */
  public List<PositiveGroup> flush(CameraState state) {
    List<PositiveGroup> finished = new ArrayList<>();
    release(state, finished);
    state.open.clear();
    return finished;
  }

  private void followClock(CameraState state, long timeMillis, List<PositiveGroup> finished) {
    boolean farBehind =
        state.newestMillis != Long.MIN_VALUE && timeMillis < state.newestMillis - outageMillis;
    state.behind = farBehind ? state.behind + 1 : 0;
    if (state.behind == CLOCK_RESET_FRAMES) {
      events.accept(PairingEvent.CLOCK_RESET);
      release(state, finished);
      state.open.clear();
      state.previous = null;
      state.newestMillis = timeMillis;
      state.behind = 0;
    }
  }

  private void release(CameraState state, List<PositiveGroup> finished) {
    for (Frame frame : state.pending) {
      extend(state, frame, finished);
    }
    state.pending.clear();
  }

  private static void insert(List<Frame> pending, Frame frame) {
    int place = pending.size();
    while (place > 0 && pending.get(place - 1).captureTimeMillis() > frame.captureTimeMillis()) {
      place--;
    }
    pending.add(place, frame);
  }

  private boolean isDue(CameraState state) {
    return state.pending.size() > CameraState.MAX_PENDING
        || (!state.pending.isEmpty()
            && state.pending.get(0).captureTimeMillis() <= state.newestMillis - disorderMillis);
  }

  private void extend(CameraState state, Frame frame, List<PositiveGroup> finished) {
    state.carried++;
    long sincePreviousMillis = breakGroup(state, frame);
    state.previous = frame;
    dropExpiredViews(state, frame);
    if (state.open.isEmpty()) {
      state.open.add(frame);
      state.spanMillis = drawSpan(frame);
    } else if (isNextView(state, frame, sincePreviousMillis)) {
      state.open.add(frame);
    }
    if (state.open.size() == settings.views()) {
      finished.add(group(state));
      state.open.clear();
      state.carried = 0;
    }
  }

  /** Discards the open group at an outage or a cut. Returns the time since the previous frame. */
  private long breakGroup(CameraState state, Frame frame) {
    Frame previous = state.previous;
    if (previous == null) {
      return 0;
    }
    long gapMillis = frame.captureTimeMillis() - previous.captureTimeMillis();
    if (gapMillis > outageMillis) {
      events.accept(PairingEvent.OUTAGE);
      state.open.clear();
    } else if (previous.size() != frame.size()
        || FrameDifference.meanAbsolute(previous, frame) > settings.cutThreshold()) {
      events.accept(PairingEvent.CUT);
      state.open.clear();
    }
    return gapMillis;
  }

  private void dropExpiredViews(CameraState state, Frame frame) {
    while (!state.open.isEmpty()) {
      int viewsAfterThis = settings.views() - state.open.size() - 1;
      long earliestEnd = frame.captureTimeMillis() + viewsAfterThis * minGapMillis;
      if (earliestEnd - state.open.get(0).captureTimeMillis() <= maxGapMillis) {
        return;
      }
      events.accept(PairingEvent.EXPIRED_VIEW);
      state.open.remove(0);
    }
  }

  private boolean isNextView(CameraState state, Frame frame, long sincePreviousMillis) {
    long timeMillis = frame.captureTimeMillis();
    Frame lastView = state.open.get(state.open.size() - 1);
    long dueMillis =
        state.open.get(0).captureTimeMillis()
            + state.spanMillis * state.open.size() / (settings.views() - 1);
    if (timeMillis - lastView.captureTimeMillis() < minGapMillis
        || timeMillis + sincePreviousMillis / 2 < dueMillis) {
      return false;
    }
    if (FrameDifference.meanAbsolute(lastView, frame) < settings.changeThreshold()) {
      events.accept(PairingEvent.STILL);
      return false;
    }
    return true;
  }

  private long drawSpan(Frame first) {
    long least = minGapMillis * (settings.views() - 1);
    long key = new SplitMix64(settings.seed() ^ first.camera().hashCode()).nextLong();
    long draw = new SplitMix64(key ^ first.captureTimeMillis()).nextLong(maxGapMillis - least + 1);
    return least + draw;
  }

  private PositiveGroup group(CameraState state) {
    int size = state.open.get(0).size();
    int bytes = Frame.bytes(size);
    byte[] pixels = new byte[settings.views() * bytes];
    long[] times = new long[settings.views()];
    for (int view = 0; view < times.length; view++) {
      times[view] = state.open.get(view).captureTimeMillis();
      System.arraycopy(state.open.get(view).pixels(), 0, pixels, view * bytes, bytes);
    }
    return new PositiveGroup(
        state.camera, times, size, pixels, state.carried, commonLabel(state.open));
  }

  /** The label that all labeled views share; null also for a group of differing labels. */
  private static @Nullable String commonLabel(List<Frame> views) {
    List<String> labels =
        views.stream().map(Frame::label).filter(Objects::nonNull).distinct().limit(2).toList();
    return labels.size() == 1 ? labels.get(0) : null;
  }
}
