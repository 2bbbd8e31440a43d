package io.afterimage.pairing;

import java.util.Locale;

/** Why a frame was not used, or a group not finished. */
public enum PairingEvent {
  /** A frame arrived after a later one had been used; it is dropped and counted only here. */
  LATE,
  /** The camera's clock was set back; its newest time is reset. */
  CLOCK_RESET,
  /** The camera was silent for too long. */
  OUTAGE,
  /** Two consecutive frames show different scenes. */
  CUT,
  /** A frame is redundant: it shows the same as the group's last view. */
  STILL,
  /** A view became too old for its group to be finished within the positive window. */
  EXPIRED_VIEW;

  /** The name as metrics show it, in kebab-case: {@code clock-reset}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
