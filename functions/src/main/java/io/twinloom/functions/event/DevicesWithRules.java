package io.twinloom.functions.event;

import io.twinloom.functions.settings.TwinInfo;
import java.util.Set;
import java.util.stream.Collectors;

/** The devices whose events a rule is evaluated on: those of all others need not be checked. */
public final class DevicesWithRules {

  private DevicesWithRules() {}

  /** Those of a twin's rules that can be evaluated. */
  public static Set<String> of(TwinInfo twin) {
    return RuleReader.read(twin).rules().stream()
        .map(Rule::device)
        .collect(Collectors.toUnmodifiableSet());
  }
}
