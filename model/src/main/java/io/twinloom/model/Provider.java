package io.twinloom.model;

import java.util.Optional;

/** A cloud that can carry a layer. */
public enum Provider {
  AWS("aws", "aws"),
  AZURE("azure", "azure"),
  GOOGLE("google", "gcp");

  private final String id;
  private final String connectionId;

  Provider(String id, String connectionId) {
    this.id = id;
    this.connectionId = connectionId;
  }

  /** The name in {@code config_providers.json} and in results: aws, azure, google. */
  public String id() {
    return id;
  }

  /** The name in connection ids and in {@code source_cloud}: aws, azure, gcp. */
  public String connectionId() {
    return connectionId;
  }

  /** The provider of a name in {@code config_providers.json}; {@code gcp} is read as google. */
  public static Optional<Provider> of(String name) {
    return switch (name) {
      case "aws" -> Optional.of(AWS);
      case "azure" -> Optional.of(AZURE);
      case "google", "gcp" -> Optional.of(GOOGLE);
      default -> Optional.empty();
    };
  }
}
