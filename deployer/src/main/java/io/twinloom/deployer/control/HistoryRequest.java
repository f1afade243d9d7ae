package io.twinloom.deployer.control;

import java.util.Optional;

/**
 * What is asked of the stores.
 *
 * @param property only items that have it, and only it
 * @param from inclusive, any form of time that a device may use; empty: from the beginning
 * @param to inclusive; empty: to the end
 * @param page the {@code nextToken} of the page before; empty: the first
 * @param newestFirst whether the order of time is reversed
 * @param limit how many items a page has at most, 1 to 10,000
 */
public record HistoryRequest(
    String device,
    Optional<String> property,
    Optional<String> from,
    Optional<String> to,
    Optional<String> page,
    boolean newestFirst,
    int limit) {

  /** The items of a page where nothing else is said. */
  public static final int DEFAULT_LIMIT = 1_000;

  /**
   * All of a device, oldest first, in pages of {@link #DEFAULT_LIMIT}, unless the builder says
   * else.
   */
  public static Builder of(String device) {
    return new Builder(device);
  }

  /** Takes the parts one by one. */
  public static final class Builder {
    private final String device;
    private Optional<String> property = Optional.empty();
    private Optional<String> from = Optional.empty();
    private Optional<String> to = Optional.empty();
    private Optional<String> page = Optional.empty();
    private boolean newestFirst;
    private int limit = DEFAULT_LIMIT;

    private Builder(String device) {
      this.device = device;
    }

    public Builder property(Optional<String> value) {
      property = value;
      return this;
    }

    public Builder from(Optional<String> value) {
      from = value;
      return this;
    }

    public Builder to(Optional<String> value) {
      to = value;
      return this;
    }

    public Builder page(Optional<String> value) {
      page = value;
      return this;
    }

    public Builder newestFirst(boolean value) {
      newestFirst = value;
      return this;
    }

    public Builder limit(int value) {
      limit = value;
      return this;
    }

    public HistoryRequest build() {
      return new HistoryRequest(device, property, from, to, page, newestFirst, limit);
    }
  }
}
