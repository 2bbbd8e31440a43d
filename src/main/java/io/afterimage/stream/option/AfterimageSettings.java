package io.afterimage.stream.option;

import static io.afterimage.stream.option.AfterimageOptions.*;

import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.pairing.PairingSettings;
import io.afterimage.train.BatchSettings;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.augment.AugmentationSettings;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.memory.MemorySettings;
import io.afterimage.train.negatives.NegativeSettings;
import io.afterimage.train.negatives.NegativeSettings.Reason;
import io.afterimage.train.optimize.OptimizerSettings;
import io.afterimage.train.prior.PriorSettings;
import org.apache.flink.configuration.Configuration;

/**
 * The options as each stage takes them. Every method expects options that {@link OptionsReader}
 * accepted.
 */
public final class AfterimageSettings {
  private AfterimageSettings() {}

  public static FrameDecoderSettings decoder(Configuration options) {
    return new FrameDecoderSettings(
        options.get(FRAME_SIZE),
        Math.toIntExact(options.get(FRAME_MAX_BYTES).getBytes()),
        options.get(FRAME_MIN_SIDE),
        options.get(FRAME_MAX_PIXELS));
  }

  public static PairingSettings pairing(Configuration options) {
    return new PairingSettings(
        options.get(PAIRING_VIEWS),
        options.get(PAIRING_MIN_GAP),
        options.get(PAIRING_MAX_GAP),
        options.get(PAIRING_OUTAGE),
        options.get(PAIRING_DISORDER),
        options.get(PAIRING_CUT_THRESHOLD),
        options.get(PAIRING_CHANGE_THRESHOLD),
        options.get(LEARNER_SEED));
  }

  public static MemorySettings memory(Configuration options) {
    return new MemorySettings(options.get(MEMORY_CAPACITY), options.get(MEMORY_EVICTION));
  }

  public static BatchSettings batch(Configuration options) {
    return new BatchSettings(
        options.get(BATCH_GROUPS), options.get(BATCH_FRESH_GROUPS), options.get(BATCH_STEPS));
  }

  public static EncoderSettings encoder(Configuration options) {
    return new EncoderSettings(
        options.get(ENCODER_ARCHITECTURE),
        options.get(ENCODER_WIDTH),
        options.get(ENCODER_DEPTH),
        options.get(ENCODER_EMBEDDING_SIZE),
        options.get(ENCODER_NORMALIZATION),
        options.get(FRAME_SIZE));
  }

  public static LearnerSettings learner(Configuration options) {
    return new LearnerSettings(
        encoder(options),
        options.get(BATCH_GROUPS),
        options.get(PAIRING_VIEWS),
        options.get(LOSS_TEMPERATURE),
        prior(options),
        negatives(options),
        optimizer(options),
        augmentation(options),
        options.get(LEARNER_MAX_SKIPPED_STEPS),
        options.get(LEARNER_SEED));
  }

  private static NegativeSettings negatives(Configuration options) {
    return new NegativeSettings(
        Reason.parseList(options.get(NEGATIVES_STRATEGIES)),
        options.get(NEGATIVES_SAME_CAMERA_SHARE),
        options.get(NEGATIVES_OBJECT_HORIZON),
        options.get(NEGATIVES_HALF_LIFE_STEPS),
        options.get(NEGATIVES_HARDNESS),
        options.get(NEGATIVES_SHARPNESS));
  }

  private static PriorSettings prior(Configuration options) {
    return new PriorSettings(
        options.get(PRIOR_ESTIMATOR),
        options.get(PRIOR_FIXED),
        options.get(PRIOR_MIN),
        options.get(PRIOR_MAX),
        options.get(PRIOR_HALF_LIFE_STEPS),
        options.get(PRIOR_WARMUP_STEPS),
        options.get(PRIOR_BINS),
        options.get(PRIOR_PROTOTYPES));
  }

  private static OptimizerSettings optimizer(Configuration options) {
    return new OptimizerSettings(
        options.get(OPTIMIZER_LEARNING_RATE),
        options.get(OPTIMIZER_WARMUP_STEPS),
        options.get(OPTIMIZER_BETA1),
        options.get(OPTIMIZER_BETA2),
        options.get(OPTIMIZER_EPSILON),
        options.get(OPTIMIZER_WEIGHT_DECAY),
        options.get(OPTIMIZER_CLIP_NORM));
  }

  private static AugmentationSettings augmentation(Configuration options) {
    return new AugmentationSettings(
        options.get(AUGMENT_CROP_MIN_AREA),
        options.get(AUGMENT_FLIP),
        options.get(AUGMENT_BRIGHTNESS),
        options.get(AUGMENT_CONTRAST),
        options.get(AUGMENT_SATURATION),
        options.get(AUGMENT_HUE),
        options.get(AUGMENT_GRAYSCALE),
        options.get(AUGMENT_BLUR));
  }
}
