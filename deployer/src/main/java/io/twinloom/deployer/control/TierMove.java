package io.twinloom.deployer.control;

import io.twinloom.model.FunctionKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which tier is emptied into which. */
public enum TierMove {
  HOT_TO_COLD(FunctionKind.HOT_TO_COLD_MOVER),
  COLD_TO_ARCHIVE(FunctionKind.COLD_TO_ARCHIVE_MOVER);

  private final FunctionKind mover;

  TierMove(FunctionKind mover) {
    this.mover = mover;
  }

  /** The function that does it. */
  public FunctionKind mover() {
    return mover;
  }

  /** As the command calls it, {@code hot-to-cold}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The move of an id. */
  public static Optional<TierMove> of(String id) {
    return Arrays.stream(values()).filter(m -> m.id().equals(id)).findFirst();
  }
}
