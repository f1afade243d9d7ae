package io.twinloom.deployer.cloud;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.model.Provider;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the clouds as a target are made of; put together where the command is.
 *
 * @param clouds those that can be deployed to
 * @param variables makes packages and Terraform's variables
 * @param provisioner makes, changes and removes what Terraform manages
 * @param confirmation is asked before a change
 * @param pause waits, where a cloud needs time
 * @param clock the present
 * @param random of tokens and of what {@code verify} sends
 * @param environment the process's variables, in which credentials may be
 */
public record TargetWiring(
    Map<Provider, CloudSupport> clouds,
    CloudVariables variables,
    Provisioner provisioner,
    Confirmation confirmation,
    Pause pause,
    InstantSource clock,
    SecureRandom random,
    Map<String, String> environment) {
  public TargetWiring {
    clouds = Map.copyOf(clouds);
    environment = Map.copyOf(environment);
  }

  TokenGenerator tokens() {
    return new TokenGenerator(random);
  }

  /** An id for a change. */
  String newId() {
    return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Takes the parts one by one; each must be given. */
  public static final class Builder {
    private @Nullable Map<Provider, CloudSupport> clouds;
    private @Nullable CloudVariables variables;
    private @Nullable Provisioner provisioner;
    private @Nullable Confirmation confirmation;
    private @Nullable Pause pause;
    private @Nullable InstantSource clock;
    private @Nullable SecureRandom random;
    private @Nullable Map<String, String> environment;

    private Builder() {}

    public Builder clouds(Map<Provider, CloudSupport> value) {
      clouds = value;
      return this;
    }

    public Builder variables(CloudVariables value) {
      variables = value;
      return this;
    }

    public Builder provisioner(Provisioner value) {
      provisioner = value;
      return this;
    }

    public Builder confirmation(Confirmation value) {
      confirmation = value;
      return this;
    }

    public Builder pause(Pause value) {
      pause = value;
      return this;
    }

    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    public Builder random(SecureRandom value) {
      random = value;
      return this;
    }

    public Builder environment(Map<String, String> value) {
      environment = value;
      return this;
    }

    /** The wiring; {@link NullPointerException} names a part that was not given. */
    public TargetWiring build() {
      return new TargetWiring(
          Objects.requireNonNull(clouds, "clouds"),
          Objects.requireNonNull(variables, "variables"),
          Objects.requireNonNull(provisioner, "provisioner"),
          Objects.requireNonNull(confirmation, "confirmation"),
          Objects.requireNonNull(pause, "pause"),
          Objects.requireNonNull(clock, "clock"),
          Objects.requireNonNull(random, "random"),
          Objects.requireNonNull(environment, "environment"));
    }
  }
}
