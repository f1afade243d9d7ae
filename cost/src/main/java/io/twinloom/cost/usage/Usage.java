package io.twinloom.cost.usage;

import io.twinloom.cost.estimate.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How a twin is used in a month: a value for every key, each with its origin. */
public final class Usage {

  private final Map<UsageKey, UsageValue> values;

  private Usage(Map<UsageKey, UsageValue> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * The usage from these sources; the earlier origin holds, and what no source knows is assumed.
   *
   * @param sources what each source knows
   */
  public static Usage of(Collection<Map<UsageKey, UsageValue>> sources) {
    Map<UsageKey, UsageValue> values = new EnumMap<>(UsageKey.class);
    for (UsageKey key : UsageKey.values()) {
      UsageValue best = UsageValue.of(key.assumed(), Origin.ASSUMED);
      for (Map<UsageKey, UsageValue> source : sources) {
        UsageValue value = source.get(key);
        if (value != null && value.origin().compareTo(best.origin()) < 0) {
          best = value;
        }
      }
      values.put(key, best);
    }
    return new Usage(values);
  }

  /** Only what is assumed. */
  public static Usage assumed() {
    return of(List.of());
  }

  /** All values, in the order of the keys. */
  public Map<UsageKey, UsageValue> values() {
    return values;
  }

  /** The value of a key. */
  public UsageValue of(UsageKey key) {
    UsageValue value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key + " has no value");
    }
    return value;
  }

  /** The number of a key at a level. */
  public BigDecimal at(UsageKey key, Level level) {
    return of(key).value().at(level);
  }

  /**
   * Sentences about numbers that do not agree with the project.
   *
   * @param derived what the project itself says
   */
  public List<String> warnings(Map<UsageKey, UsageValue> derived) {
    List<String> warnings = new ArrayList<>();
    for (UsageKey key : List.of(UsageKey.DEVICES, UsageKey.HOT_MONTHS, UsageKey.COLD_MONTHS)) {
      UsageValue project = derived.get(key);
      UsageValue used = of(key);
      if (project != null && used.value().expected().compareTo(project.value().expected()) != 0) {
        warnings.add(
            key.id()
                + " is "
                + used.value().expected().stripTrailingZeros().toPlainString()
                + " ("
                + used.origin().words()
                + "), where the project has "
                + project.value().expected().stripTrailingZeros().toPlainString()
                + ".");
      }
    }
    return warnings;
  }
}
